package dev.fairlead.cluster;

import dev.fairlead.linux.NetworkNamespace;
import java.util.List;

/** How another process enters our namespaces: nsenter(1) and what it is told. */
final class Entrance {
  private Entrance() {}

  /** Into a node: its network, and its name as the host name. */
  static List<String> toNode(NetworkNamespace node) {
    String network =
        "--net=/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), node.descriptor());
    return List.of(
        "nsenter",
        network,
        "unshare",
        "--uts",
        "sh",
        "-c",
        "hostname \"$0\" && exec \"$@\"",
        node.name());
  }

  /** Into a pod: its network, its files and its host name. */
  static List<String> toPod(long holder) {
    return List.of("nsenter", "--target=" + holder, "--net", "--mount", "--uts");
  }
}
