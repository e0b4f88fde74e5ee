package dev.backorder.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void follows_the_documented_scheme() {
    Ports ports = new Ports(9100);

    assertThat(ports.smtp()).isEqualTo(9101);
    assertThat(ports.grpc(ServiceKind.INVENTORY, 1)).isEqualTo(9111);
    assertThat(ports.http(ServiceKind.NOTIFICATION, 2)).isEqualTo(9242);
    assertThat(ports.target(ServiceKind.ORDER, 2))
        .isEqualTo("list:///127.0.0.1:9121,127.0.0.1:9122");
  }

  @Test
  void a_busy_port_is_named_with_what_to_do() throws IOException {
    Ports ports = Ports.findFree(1);
    try (ServerSocket busy =
        new ServerSocket(ports.grpc(ServiceKind.ORDER, 1), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> ports.requireFree(1))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining(
              "Port " + busy.getLocalPort() + ", needed for order-service (gRPC), is in use")
          .hasMessageContaining("--base-port")
          .extracting(failure -> ((CommandFailure) failure).exitCode())
          .isEqualTo(ExitCodes.ENVIRONMENT);
    }
  }

  @Test
  void a_base_port_out_of_range_is_refused() {
    assertThatThrownBy(() -> new Ports(80))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("not 80");
    assertThatThrownBy(() -> new Ports(65_500)).isInstanceOf(CommandFailure.class);
  }
}
