package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code fairlead server}: the control plane alone, in the foreground. */
final class ServerIT {
  @Test
  void itServesUntilItIsStopped_andKeepsWhatItWasTold() throws Exception {
    try (LocalClusterFixture home = LocalClusterFixture.create()) {
      assertThat(home.fairlead("server").refused())
          .isEqualToIgnoringNewLines(
              "fairlead: this machine has no address but loopback; give one by --advertise-address");
      String[] options = {
        "server", "--advertise-address", "10.111.0.1", "--service-cluster-ip-range", "10.120.0.0/24"
      };
      Process server = started(home, options);
      kubectl(home, "create", "service", "clusterip", "web", "--tcp=80").ok();
      assertThat(kubectl(home, "get", "endpoints", "kubernetes").ok()).contains("10.111.0.1:6443");
      assertThat(home.fairlead(options).refused()).contains("port 6443 on 127.0.0.1 is taken by");
      stop(server);
      server = started(home, options);
      assertThat(kubectl(home, "get", "services").ok())
          .containsPattern("kubernetes +ClusterIP +10\\.120\\.0\\.1 ")
          .containsPattern("web +ClusterIP +10\\.120\\.0\\.\\d+ ");
      stop(server);
    }
  }

  private static Process started(LocalClusterFixture home, String... options) throws IOException {
    Process server = home.start(options);
    BufferedReader said = server.inputReader();
    assertThat(said.readLine()).isEqualTo("serving on https://127.0.0.1:6443");
    assertThat(said.readLine()).isEqualTo("kubeconfig: " + home.home.resolve("kubeconfig"));
    return server;
  }

  private static CommandResult kubectl(LocalClusterFixture home, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "kubectl";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return home.fairlead(all);
  }

  private static void stop(Process server) throws InterruptedException {
    server.destroy();
    assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }
}
