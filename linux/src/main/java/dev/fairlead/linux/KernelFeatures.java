package dev.fairlead.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds out, in throw-away namespaces, whether this machine has what Fairlead needs. */
public final class KernelFeatures {
  private static final String MODULES =
      "load the kernel modules nf_tables nft_chain_nat nft_masq nft_fib_ipv4 nft_numgen nft_ct"
          + " nft_reject_ipv4 (modprobe), or use a kernel that has them";

  /** Each is a transaction of its own, so that a failure names the feature. */
  private static final List<Probe> NFTABLES_PROBES =
      List.of(
          new Probe(
              "nftables NAT",
              "add chain ip probe nat { type nat hook prerouting priority dstnat; }\n"
                  + "add rule ip probe nat ip daddr 192.0.2.1 dnat to 192.0.2.2"),
          new Probe(
              "nftables masquerade",
              "add chain ip probe post { type nat hook postrouting priority srcnat; }\n"
                  + "add rule ip probe post masquerade"),
          new Probe(
              "nftables numgen and verdict maps",
              "add chain ip probe a\nadd rule ip probe a numgen random mod 2 vmap"
                  + " { 0 : accept, 1 : drop }"),
          new Probe(
              "nftables fib",
              "add chain ip probe local { type filter hook prerouting priority 0; }\n"
                  + "add rule ip probe local fib daddr type local accept"),
          new Probe(
              "connection tracking",
              "add chain ip probe track { type filter hook prerouting priority raw; }\n"
                  + "add rule ip probe track ct state new notrack"),
          new Probe(
              "nftables reject",
              "add chain ip probe refuse { type filter hook input priority 0; }\n"
                  + "add rule ip probe refuse meta l4proto tcp reject with tcp reset"));

  private record Probe(String feature, String commands) {}

  private KernelFeatures() {}

  /**
   * What is missing, each with its fix in one line; empty when all is there. Leaves nothing behind.
   */
  public static List<String> missing() {
    List<String> missing = new ArrayList<>();
    try (NetworkNamespace a = Namespaces.create("probe-a");
        NetworkNamespace b = Namespaces.create("probe-b")) {
      links(a, b, missing);
      nftables(a, missing);
    } catch (IOException e) {
      missing.add("network namespaces (" + reason(e) + "): " + namespaceFix(e));
    }
    return missing;
  }

  private static String namespaceFix(IOException e) {
    return e instanceof LinkException link && link.errno() == Errno.EPERM
        ? "run as root"
        : "use a kernel with CONFIG_NET_NS";
  }

  private static void links(NetworkNamespace a, NetworkNamespace b, List<String> missing) {
    attempt(
        "veth pairs",
        "load the kernel module veth (modprobe veth)",
        missing,
        () -> a.links().addVeth("probe0", b, "probe1"));
    attempt(
        "bridges",
        "load the kernel module bridge (modprobe bridge)",
        missing,
        () -> a.links().addBridge("probe2"));
    attempt(
        "writable sysctls",
        "mount /proc/sys read-write",
        missing,
        () -> a.links().sysctl("net.ipv4.ip_forward", "1"));
  }

  private static void nftables(NetworkNamespace namespace, List<String> missing) {
    try (Nftables nftables = Nftables.open(namespace)) {
      for (Probe probe : NFTABLES_PROBES) {
        attempt(
            probe.feature(),
            MODULES,
            missing,
            () -> nftables.run("add table ip probe\n" + probe.commands()));
      }
    } catch (IOException e) {
      missing.add(reason(e));
    }
  }

  /** Something that the kernel may refuse. */
  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  private static void attempt(String feature, String fix, List<String> missing, Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | NftablesException e) {
      missing.add("%s (%s): %s".formatted(feature, reason(e), fix));
    }
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
