package dev.fairlead.strangers;

import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;
import java.time.Duration;

/**
 * A candidate in an election of the official Java client. It writes {@code leads} when it has won,
 * {@code follows NAME} when somebody else has, and goes on until it is killed.
 */
public final class Candidate {
  private Candidate() {}

  /** The only argument is the candidate's name. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    String name = arguments[0];
    ApiClient client = ClientBuilder.standard().build();
    LeaderElectionConfig election =
        new LeaderElectionConfig(
            new LeaseLock("default", "election", name, client),
            Duration.ofSeconds(10),
            Duration.ofSeconds(8),
            Duration.ofSeconds(1));
    try (LeaderElector elector = new LeaderElector(election)) {
      elector.run(
          () -> System.out.println("leads"),
          () -> System.out.println("lost"),
          leader -> System.out.println(leader.equals(name) ? "is seen" : "follows " + leader));
    }
  }
}
