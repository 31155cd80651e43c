package dev.fairlead.cli;

import static dev.fairlead.cli.ControlPlaneOptions.checked;

import dev.fairlead.cluster.ClusterSettings;
import dev.fairlead.cluster.ClusterSettings.RuntimeKind;
import dev.fairlead.controllers.loadbalancer.PoolSettings;
import dev.fairlead.host.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a cluster is made of, as options: those of {@code up}, handed on to its process. */
final class ClusterOptions {
  @Mixin private ControlPlaneOptions plane = new ControlPlaneOptions();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many nodes (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--runtime",
      paramLabel = "RUNTIME",
      defaultValue = "process",
      description = "What runs pods: process or simulated (default: ${DEFAULT-VALUE}).")
  private RuntimeKind runtime = RuntimeKind.PROCESS;

  @Option(
      names = "--load-balancer-hostnames",
      paramLabel = "DOMAIN",
      defaultValue = "",
      description = {
        "Load balancers answer with a host name under this domain instead of an address,",
        "as those of some clouds do (default: with an address)."
      })
  private String hostnames = "";

  /**
   * The settings.
   *
   * @throws Failure with exit code 2 when one of them is wrong
   */
  ClusterSettings settings() {
    return new ClusterSettings(
        checked("--nodes", () -> ClusterSettings.checkedNodes(nodes)),
        plane.store(),
        runtime,
        plane.addresses(),
        pools());
  }

  private PoolSettings pools() {
    return hostnames.isEmpty()
        ? PoolSettings.DEFAULT
        : PoolSettings.DEFAULT.withHostnames(
            checked(
                "--load-balancer-hostnames",
                () -> ClusterSettings.checkedDomain(hostnames, "lb.example.com")));
  }

  /** The same options as words of a command line. */
  List<String> words() {
    List<String> words = new ArrayList<>(plane.words());
    words.addAll(
        List.of(
            "--nodes", String.valueOf(nodes),
            "--runtime", runtime.name(),
            "--load-balancer-hostnames", hostnames));
    return words;
  }
}
