package dev.fairlead.kubelet.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.view.Handler;
import dev.fairlead.http.grpc.GrpcReply;
import dev.fairlead.http.testing.FakeGrpcServer;
import dev.fairlead.kubelet.network.SimulatedNodeNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcProbeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static Answer ask(FakeGrpcServer server, String service) {
    return new GrpcProbe(new SimulatedNodeNetwork(), TIMEOUT)
        .check(new Handler.Grpc(server.port(), service), "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    // the answer's code, text and message in hexadecimal digits; whether it is healthy, and why
    "0, '', 0801, true, service healthy",
    "0, '', 0802, false, 'service unhealthy (responded with \"NOT_SERVING\")'",
    "0, '', 0803, false, 'service unhealthy (responded with \"SERVICE_UNKNOWN\")'",
    "0, '', 0809, false, 'service unhealthy (responded with \"9\")'",
    "0, '', '', false, 'service unhealthy (responded with \"UNKNOWN\")'",
    "0, '', 1203616263 0801, true, service healthy",
    "0, '', ff, false, 'service unhealthy (responded with \"UNKNOWN\")'",
    "5, unknown service, '', false, error: health rpc probe failed: rpc error: code = NotFound desc"
        + " = unknown service",
    "12, no such service, '', false, error: this server does not implement the grpc health protocol"
        + " (grpc.health.v1.Health): no such service",
    "4, late, '', false, timeout: health rpc did not complete within 20s",
  })
  void answers(int code, String text, String message, boolean healthy, String why)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(message.replace(" ", ""));
    try (FakeGrpcServer server =
        FakeGrpcServer.start((path, request) -> new GrpcReply(code, text, bytes))) {
      assertThat(ask(server, "")).isEqualTo(new Answer(healthy, why, true));
    }
  }

  @Test
  void theServiceIsNamed() throws IOException {
    String name = "s".repeat(300);
    try (FakeGrpcServer server =
        FakeGrpcServer.start((path, request) -> {
          String asked = new String(request, StandardCharsets.UTF_8);
          boolean right = path.equals("/grpc.health.v1.Health/Check") && asked.endsWith(name);
          return new GrpcReply(0, "", new byte[] {8, (byte) (right ? 1 : 2)});
        })) {
      assertThat(ask(server, name).success()).isTrue();
    }
  }

  @Test
  void nobodyListens() throws IOException {
    FakeGrpcServer server = FakeGrpcServer.start((path, request) -> null);
    server.close();
    assertThat(ask(server, ""))
        .isEqualTo(
            Answer.failure(
                "timeout: failed to connect service \"127.0.0.1:%d\" within 20s: context deadline exceeded"
                    .formatted(server.port())));
  }
}
