package dev.fairlead.cluster;

import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.ClusterSettings.RuntimeKind;
import dev.fairlead.cluster.ClusterSettings.StoreKind;
import dev.fairlead.controllers.loadbalancer.LoadBalancerProvider;
import dev.fairlead.controllers.loadbalancer.PoolSettings;
import dev.fairlead.host.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * Goes through what a starting cluster goes through, as far as that needs no root and no network
 * but loopback: the JVM remembers the classes it loads and the methods that are hot.
 */
public final class Training {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private Training() {}

  /** Runs once; leaves nothing behind. */
  public static void run() throws IOException, InterruptedException {
    StateDirectory state = new StateDirectory(Files.createTempDirectory("fairlead-training"));
    try {
      for (StoreKind store : StoreKind.values()) {
        state.create();
        train(
            state,
            new ClusterSettings(
                1, store, RuntimeKind.SIMULATED, Addresses.DEFAULT, PoolSettings.DEFAULT));
      }
    } finally {
      state.delete();
    }
  }

  private static void train(StateDirectory state, ClusterSettings settings)
      throws IOException, InterruptedException {
    try (ControlPlane plane = ControlPlane.start(settings, state, LoadBalancerProvider.NONE)) {
      InetSocketAddress address =
          plane.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI url = URI.create("https://127.0.0.1:" + address.getPort());
      try (ReadinessTraining readiness = new ReadinessTraining(plane, url, state.root())) {
        readiness.run();
      }
      request(plane, url);
    }
  }

  private static void request(ControlPlane plane, URI url)
      throws IOException, InterruptedException {
    var admin = plane.authority().issueClient("trainer", List.of("system:masters"));
    try (HttpClient client = HttpClient.newBuilder().sslContext(admin.clientContext()).build()) {
      for (String path : List.of("/api", "/apis", "/openapi/v3", "/api/v1/services")) {
        HttpRequest request =
            HttpRequest.newBuilder(url.resolve(path))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .timeout(TIMEOUT)
                .build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    }
  }
}
