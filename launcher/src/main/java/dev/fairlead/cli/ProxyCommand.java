package dev.fairlead.cli;

import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.RemoteDiscovery;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.proxy.Proxy;
import dev.fairlead.proxy.ProxySettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "proxy",
    description = {
      "Run the service proxy of this machine in the foreground.",
      "Cluster IPs then work from here, if pods can be reached from here."
    })
final class ProxyCommand implements Callable<Integer> {
  @Mixin private ApiAccess access = new ApiAccess();

  @Option(
      names = "--node-name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The node that this machine is; none when it is outside of the cluster.")
  private String node = "";

  @Option(
      names = "--pod-network",
      paramLabel = "CIDR",
      description = "Addresses of all pods (default: 10.112.0.0/16).")
  private String podNetwork = Addresses.DEFAULT.podNetwork();

  @Option(
      names = "--service-cluster-ip-range",
      paramLabel = "CIDR",
      description = {
        "Addresses of services (default: 10.115.240.0/20).",
        "Those of ServiceCIDRs are added to it as they come and go."
      })
  private String serviceNetwork = Addresses.DEFAULT.serviceNetwork();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ProxySettings settings = new ProxySettings(node, podNetwork, serviceNetwork, List.of());
    try (UntilStopped signal = new UntilStopped();
        Proxy proxy = Proxy.open(settings, Namespaces.host(), InstantSource.system());
        RemoteDiscovery remote = new RemoteDiscovery(access.settings(), "fairlead-proxy")) {
      proxy.onProgrammed(programmed -> report(programmed.image().services().size()));
      remote.followServiceNetworks(serviceNetwork, proxy::setServiceNetworks);
      proxy.start(remote.discovery());
      signal.await();
      remote.close();
      proxy.removeTable();
    }
    return 0;
  }

  private int reported = -1;

  private synchronized void report(int services) {
    if (services != reported) {
      System.out.println("the kernel serves %d services".formatted(services));
      reported = services;
    }
  }
}
