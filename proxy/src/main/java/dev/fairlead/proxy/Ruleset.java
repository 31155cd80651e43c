package dev.fairlead.proxy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of the table that never changes with services, and the chains that are added once for
 * each number of endpoints. In nft's own language; the README follows a packet through it.
 */
final class Ruleset {
  static final String TABLE = "ip fairlead";

  private static final String BASE =
      """
      add table ip fairlead
      delete table ip fairlead
      table ip fairlead {
        comment "services on this node; owned by fairlead"

        map services {
          type ipv4_addr . inet_proto . inet_service : verdict
          comment "cluster, external and load balancer addresses"
        }
        map nodeports {
          type inet_proto . inet_service : verdict
          comment "node ports"
        }
        map local-services {
          type ipv4_addr . inet_proto . inet_service : verdict
          comment "externalTrafficPolicy Local, clients outside"
        }
        map local-nodeports {
          type inet_proto . inet_service : verdict
          comment "externalTrafficPolicy Local, clients outside"
        }
        map endpoints {
          type ipv4_addr . inet_proto . inet_service . mark : ipv4_addr . inet_service
          comment "address, protocol, port, number of the endpoint"
        }
        map nodeport-endpoints {
          type inet_proto . inet_service . mark : ipv4_addr . inet_service
        }
        map local-endpoints {
          type ipv4_addr . inet_proto . inet_service . mark : ipv4_addr . inet_service
        }
        map local-nodeport-endpoints {
          type inet_proto . inet_service . mark : ipv4_addr . inet_service
        }
        map affinity {
          type ipv4_addr . ipv4_addr . inet_proto . inet_service : mark
          flags dynamic,timeout
          size 65536
          comment "written by packets: client, address, protocol, port to endpoint"
        }
        map sticky-picks {
          type ipv4_addr . inet_proto . inet_service . mark : mark
        }
        map sticky-timeouts {
          type ipv4_addr . inet_proto . inet_service . mark : verdict
        }
        map sticky-endpoints {
          type ipv4_addr . inet_proto . inet_service . mark : ipv4_addr . inet_service
        }
        map no-endpoints {
          type ipv4_addr . inet_proto . inet_service : verdict
          comment "refused, or dropped where a Local policy has no endpoint here"
        }
        map no-nodeport-endpoints {
          type inet_proto . inet_service : verdict
        }
        set cluster-ips {
          type ipv4_addr
        }
        set service-networks {
          type ipv4_addr
          flags interval
          SERVICE_NETWORKS
        }
        set hairpin {
          type ipv4_addr . ipv4_addr
          comment "endpoints that may reach themselves through a service"
        }
        set source-checked {
          type ipv4_addr . inet_proto . inet_service
          comment "addresses with loadBalancerSourceRanges"
        }
        set allowed-sources {
          type ipv4_addr . inet_proto . inet_service . ipv4_addr
          flags interval
        }
        set local-dns {
          type ipv4_addr . inet_proto . inet_service
          comment "answered on this node: no NAT, no tracking"
          LOCAL_DNS
        }

        chain mark-masquerade {
          meta mark set meta mark | 0x4000
        }
        chain refuse {
          meta l4proto tcp reject with tcp reset
          reject
        }
        chain outside {
          ip daddr . meta l4proto . th dport vmap @local-services
          fib daddr type local meta l4proto . th dport vmap @local-nodeports
        }
        chain dispatch {
          ip saddr != POD_NETWORK fib saddr type != local jump outside
          ip daddr . meta l4proto . th dport vmap @services
          fib daddr type local meta l4proto . th dport vmap @nodeports
        }
        chain check-endpoints {
          ip daddr . meta l4proto . th dport vmap @no-endpoints
          fib daddr type local meta l4proto . th dport vmap @no-nodeport-endpoints
        }
        chain check-cluster-ips {
          ip daddr . meta l4proto . th dport @local-dns accept
          ip daddr @cluster-ips goto refuse
          ip daddr @service-networks drop comment "no such service"
        }

        chain raw-prerouting {
          type filter hook prerouting priority raw
          iifname != "lo" ip daddr 127.0.0.0/8 drop comment "loopback is for this node only"
          ip daddr . meta l4proto . th dport @local-dns notrack
          ip saddr . meta l4proto . th sport @local-dns notrack
        }
        chain raw-output {
          type filter hook output priority raw
          ip daddr . meta l4proto . th dport @local-dns notrack
          ip saddr . meta l4proto . th sport @local-dns notrack
        }
        chain filter-prerouting {
          type filter hook prerouting priority -110
          ct state new ip daddr . meta l4proto . th dport @source-checked ip daddr . meta l4proto . th dport . ip saddr != @allowed-sources drop
        }
        chain nat-prerouting {
          type nat hook prerouting priority dstnat
          jump dispatch
        }
        chain nat-output {
          type nat hook output priority -100
          jump dispatch
        }
        chain filter-input {
          type filter hook input priority filter
          ct state new jump check-endpoints
        }
        chain filter-forward {
          type filter hook forward priority filter
          ct state new jump check-endpoints
          ct state new jump check-cluster-ips
        }
        chain filter-output {
          type filter hook output priority -90
          ct state new jump check-endpoints
          ct state new jump check-cluster-ips
        }
        chain nat-postrouting {
          type nat hook postrouting priority srcnat
          ct status dnat ip saddr . ip daddr @hairpin masquerade fully-random
          meta mark & 0x4000 == 0 return
          meta mark set meta mark & 0xffffbfff
          masquerade fully-random
        }
      }
      """;

  private static final String KEY = "ip daddr . meta l4proto . th dport";
  private static final String PORT_KEY = "meta l4proto . th dport";
  private static final String DNAT = "meta l4proto { tcp, udp, sctp } dnat ip to ";

  private final ProxySettings settings;

  Ruleset(ProxySettings settings) {
    this.settings = settings;
  }

  /**
   * Replaces the whole table by one without services.
   *
   * @param serviceNetworks no two of them overlap
   */
  String base(List<String> serviceNetworks) {
    return BASE.replace("POD_NETWORK", settings.podNetwork())
        .replace("SERVICE_NETWORKS", serviceNetworks(serviceNetworks))
        .replace("LOCAL_DNS", localDns());
  }

  /** Replaces the networks in one transaction. */
  String networks(List<String> serviceNetworks) {
    String flush = "flush set %s service-networks\n".formatted(TABLE);
    return serviceNetworks.isEmpty()
        ? flush
        : flush
            + "add element %s service-networks { %s }\n"
                .formatted(TABLE, String.join(", ", serviceNetworks));
  }

  private static String serviceNetworks(List<String> networks) {
    return networks.isEmpty() ? "" : "elements = { %s }".formatted(String.join(", ", networks));
  }

  private String localDns() {
    if (settings.localDnsAddresses().isEmpty()) {
      return "";
    }
    return settings.localDnsAddresses().stream()
        .map(address -> "%s . udp . 53, %s . tcp . 53".formatted(address, address))
        .collect(Collectors.joining(", ", "elements = { ", " }"));
  }

  /**
   * A chain that is made when the first element needs it, and stays.
   *
   * @param name kind and number, {@code pick-3}, {@code stick-10800}
   */
  String chain(String name) {
    int dash = name.lastIndexOf('-');
    String number = name.substring(dash + 1);
    String outsiders = "ip saddr != " + settings.podNetwork() + " jump mark-masquerade\n";
    String everybody = "jump mark-masquerade\n";
    String rules =
        switch (name.substring(0, dash)) {
          case "pick" -> outsiders + pick(number, KEY, "endpoints");
          case "external-pick" -> everybody + pick(number, KEY, "endpoints");
          case "nodeport" -> everybody + pick(number, PORT_KEY, "nodeport-endpoints");
          case "local" -> pick(number, KEY, "local-endpoints");
          case "local-nodeport" -> pick(number, PORT_KEY, "local-nodeport-endpoints");
          case "sticky" -> outsiders + sticky(number);
          case "external-sticky" -> everybody + sticky(number);
          case "stick" -> stick(number);
          default -> throw new IllegalArgumentException("no such chain: " + name);
        };
    return rules
        .lines()
        .map(rule -> "add rule %s %s %s\n".formatted(TABLE, name, rule))
        .collect(Collectors.joining("", "add chain %s %s\n".formatted(TABLE, name), ""));
  }

  /**
   * The choice travels in the connection's mark: nft cannot add a rule with the random number in
   * the key later, because it does not read such a map's type back from the kernel.
   */
  private static String pick(String count, String key, String map) {
    return """
    ct mark set numgen random mod COUNT
    DNAT KEY . ct mark map @MAP
    """
        .replace("COUNT", count)
        .replace("DNAT ", DNAT)
        .replace("KEY", key)
        .replace("MAP", map);
  }

  /** A client that was here goes where it went; else, or when that is gone, a new choice. */
  private static String sticky(String count) {
    return """
    ct mark set ip saddr . KEY map @affinity
    KEY . ct mark vmap @sticky-timeouts
    delete @affinity { ip saddr . KEY : ct mark }
    ct mark set numgen random mod COUNT
    ct mark set KEY . ct mark map @sticky-picks
    KEY . ct mark vmap @sticky-timeouts
    """
        .replace("COUNT", count)
        .replace("KEY", KEY);
  }

  private static String stick(String seconds) {
    return """
    update @affinity { ip saddr . KEY timeout SECONDSs : ct mark }
    DNAT KEY . ct mark map @sticky-endpoints
    """
        .replace("SECONDS", seconds)
        .replace("DNAT ", DNAT)
        .replace("KEY", KEY);
  }
}
