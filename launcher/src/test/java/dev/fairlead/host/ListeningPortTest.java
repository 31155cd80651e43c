package dev.fairlead.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class ListeningPortTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void takenPort_isNamedWithItsHolder() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(() -> ListeningPort.requireFree(LOOPBACK, holder.getLocalPort()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("port " + holder.getLocalPort())
          .hasMessageContaining("java (pid " + ProcessHandle.current().pid() + ")");
    }
  }

  @Test
  void freePort_passes() throws IOException {
    InetAddress nobodys = InetAddress.getByAddress(new byte[] {127, 98, 76, 54});
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, nobodys)) {
      port = probe.getLocalPort();
    }
    assertThatCode(() -> ListeningPort.requireFree(nobodys, port)).doesNotThrowAnyException();
  }
}
