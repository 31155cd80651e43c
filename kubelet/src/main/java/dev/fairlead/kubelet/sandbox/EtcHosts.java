package dev.fairlead.kubelet.sandbox;

import dev.fairlead.api.view.Pod;

/** A pod's {@code /etc/hosts} (upstream: {@code managedHostsFileContent}). */
final class EtcHosts {
  private EtcHosts() {}

  static String of(Pod pod, String podIp, String hostname, String domain) {
    StringBuilder text = new StringBuilder();
    text.append("# Kubernetes-managed hosts file.\n");
    text.append("127.0.0.1\tlocalhost\n");
    text.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
    text.append("fe00::0\tip6-localnet\n");
    text.append("fe00::0\tip6-mcastprefix\n");
    text.append("fe00::1\tip6-allnodes\n");
    text.append("fe00::2\tip6-allrouters\n");
    text.append(podIp).append('\t');
    if (!domain.isEmpty()) {
      text.append(hostname).append('.').append(domain).append('\t');
    }
    text.append(hostname).append('\n');
    return text + aliases(pod);
  }

  /**
   * Of a pod in the node's own network: what the node has (upstream: {@code nodeHostsFileContent}).
   */
  static String ofNode(Pod pod, String node) {
    return "# Kubernetes-managed hosts file (host network).\n" + node + aliases(pod);
  }

  private static String aliases(Pod pod) {
    StringBuilder text = new StringBuilder();
    if (!pod.hostAliases().isEmpty()) {
      text.append("\n# Entries added by HostAliases.\n");
    }
    for (Pod.HostAlias alias : pod.hostAliases()) {
      text.append(alias.ip()).append('\t').append(String.join("\t", alias.hostnames()));
      text.append('\n');
    }
    return text.toString();
  }
}
