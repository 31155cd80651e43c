package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings;
import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.ClusterSettings.RuntimeKind;
import dev.fairlead.host.Failure;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What a cluster is made of, as options: those of {@code up}, handed on to its process. */
final class ClusterOptions {
  private static final int WRONG_USAGE = 2;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "sqlite",
      description = "Where objects are kept: sqlite or memory (default: ${DEFAULT-VALUE}).")
  private String store = "sqlite";

  @Option(
      names = "--runtime",
      paramLabel = "RUNTIME",
      defaultValue = "process",
      description = "What runs pods: process or simulated (default: ${DEFAULT-VALUE}).")
  private RuntimeKind runtime = RuntimeKind.PROCESS;

  @Option(
      names = "--service-cluster-ip-range",
      paramLabel = "CIDR",
      defaultValue = "10.115.240.0/20",
      description = "Where cluster IPs come from (default: ${DEFAULT-VALUE}).")
  private String serviceNetwork = "";

  @Option(
      names = "--cluster-domain",
      paramLabel = "DOMAIN",
      defaultValue = "cluster.local",
      description = "The base domain of services (default: ${DEFAULT-VALUE}).")
  private String clusterDomain = "";

  /**
   * The settings.
   *
   * @throws Failure with exit code 2 when one of them is wrong
   */
  ClusterSettings settings() {
    return new ClusterSettings(
        checked("--nodes", () -> ClusterSettings.checkedNodes(nodes)),
        StoreNames.parse(store),
        runtime,
        checked(
                "--service-cluster-ip-range",
                () -> Addresses.DEFAULT.withServiceNetwork(serviceNetwork))
            .withClusterDomain(checkedDomain()));
  }

  private String checkedDomain() {
    return checked(
        "--cluster-domain",
        () -> Addresses.DEFAULT.withClusterDomain(clusterDomain).clusterDomain());
  }

  /** The same options as words of a command line. */
  List<String> words() {
    return List.of(
        "--nodes", String.valueOf(nodes),
        "--store", store,
        "--runtime", runtime.name(),
        "--service-cluster-ip-range", serviceNetwork,
        "--cluster-domain", clusterDomain);
  }

  private static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new Failure(WRONG_USAGE, option + ": " + e.getMessage());
    }
  }
}
