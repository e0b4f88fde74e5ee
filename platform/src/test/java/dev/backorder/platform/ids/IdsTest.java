package dev.backorder.platform.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {
  private final Instant time = Instant.parse("2026-03-01T10:00:00.123Z");

  @Test
  void ids_grow_even_when_the_clock_stands_still() {
    Ids ids = new Ids(Clock.fixed(time, ZoneOffset.UTC));
    UUID previous = ids.next();
    for (int i = 0; i < 20_000; i++) {
      UUID next = ids.next();
      assertThat(next.toString()).isGreaterThan(previous.toString());
      previous = next;
    }
  }

  @Test
  void an_id_is_a_uuid_of_version_7_that_starts_with_the_time() {
    UUID id = new Ids(Clock.fixed(time, ZoneOffset.UTC)).next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
  }

  @Test
  void derived_ids_are_those_of_rfc_9562() {
    // The example of RFC 9562, appendix A.4: name www.example.com in the DNS namespace.
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(Ids.derive(dns, "www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }
}
