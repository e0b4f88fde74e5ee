package dev.backorder.cli.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestIdsTest {

  @Test
  void the_same_step_of_the_same_run_has_the_same_id() {
    RequestIds ids = RequestIds.ofRun("2010 run");

    assertThat(ids.of("place 536365")).isEqualTo(RequestIds.ofRun("2010 run").of("place 536365"));
    assertThat(ids.of("place 536365")).isNotEqualTo(ids.of("place 536366"));
    assertThat(ids.of("place 536365"))
        .isNotEqualTo(RequestIds.ofRun("2011 run").of("place 536365"));
  }

  @Test
  void an_id_is_the_uuid_version_5_of_rfc_9562() {
    // The example of RFC 9562, appendix A.4: www.example.com in the DNS name space.
    RequestIds ids = new RequestIds(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));

    assertThat(ids.of("www.example.com")).isEqualTo("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }
}
