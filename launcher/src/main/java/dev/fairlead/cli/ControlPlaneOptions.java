package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.ClusterSettings.StoreKind;
import dev.fairlead.host.Failure;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** What the control plane of a cluster is made of, wherever its nodes are. */
final class ControlPlaneOptions {
  private static final int WRONG_USAGE = 2;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "sqlite",
      description = "Where objects are kept: sqlite or memory (default: ${DEFAULT-VALUE}).")
  private String store = "sqlite";

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
   * @throws Failure with exit code 2 when it is none
   */
  StoreKind store() {
    return StoreNames.parse(store);
  }

  /**
   * @throws Failure with exit code 2 when one of them is wrong
   */
  Addresses addresses() {
    Addresses ranged =
        checked(
            "--service-cluster-ip-range",
            () -> Addresses.DEFAULT.withServiceNetwork(serviceNetwork));
    return checked("--cluster-domain", () -> ranged.withClusterDomain(clusterDomain));
  }

  /** The same options as words of a command line. */
  List<String> words() {
    return List.of(
        "--store", store,
        "--service-cluster-ip-range", serviceNetwork,
        "--cluster-domain", clusterDomain);
  }

  /** A value that was checked; what is wrong with it is said with the option's name. */
  static <T> T checked(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new Failure(WRONG_USAGE, option + ": " + e.getMessage());
    }
  }
}
