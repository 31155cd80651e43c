package dev.fairlead.kubelet.network;

import dev.fairlead.api.view.HostPort;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The nftables table of a node's host ports, in nft's own language. Its rules never change; the
 * elements of two maps and a set do. It stands behind the proxy's (priority), so a Service that
 * claims the same port of the node wins, as upstream's order has it.
 */
final class HostPortTable {
  private static final String NAME = "ip fairlead-hostports";

  /** Takes the table away, whether it is there or not. */
  static final String REMOVE = "add table %1$s\ndelete table %1$s\n".formatted(NAME);

  private static final String RULES =
      """
      table ip fairlead-hostports {
        comment "host ports of this node's pods; owned by fairlead"

        map hostports {
          type inet_proto . inet_service : ipv4_addr . inet_service
          comment "open on every address of the node"
        }
        map address-hostports {
          type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service
          comment "open on one address of the node (hostIP)"
        }
        set hairpin {
          type ipv4_addr . ipv4_addr
          comment "pods that may reach themselves through the node"
        }

        chain dispatch {
          fib daddr type local meta l4proto { tcp, udp, sctp } dnat ip to ip daddr . meta l4proto . th dport map @address-hostports
          fib daddr type local meta l4proto { tcp, udp, sctp } dnat ip to meta l4proto . th dport map @hostports
        }
        chain raw-prerouting {
          type filter hook prerouting priority raw
          iifname != "lo" ip daddr 127.0.0.0/8 drop comment "loopback is for this node only"
        }
        chain nat-prerouting {
          type nat hook prerouting priority -99
          jump dispatch
        }
        chain nat-output {
          type nat hook output priority -99
          jump dispatch
        }
        chain nat-postrouting {
          type nat hook postrouting priority 101
          ct status dnat ip saddr . ip daddr @hairpin masquerade fully-random
          ct status dnat ip saddr 127.0.0.0/8 oifname != "lo" masquerade fully-random
        }
      }
      """;

  private HostPortTable() {}

  /** Replaces the whole table by one with these ports, by the pods' addresses. */
  static String whole(Map<String, List<HostPort>> pods) {
    StringBuilder text = new StringBuilder(REMOVE).append(RULES);
    pods.forEach((address, ports) -> text.append(add(address, ports)));
    return text.toString();
  }

  /** Opens the ports of a pod. */
  static String add(String address, List<HostPort> ports) {
    StringBuilder text = new StringBuilder();
    for (HostPort port : ports) {
      text.append(
          "add element %s %s { %s : %s . %d }\n"
              .formatted(NAME, map(port), key(port), address, port.containerPort()));
    }
    return text.append(hairpin("add", address)).toString();
  }

  /** Closes the ports of a pod. */
  static String delete(String address, List<HostPort> ports) {
    return delete(ports) + hairpin("delete", address);
  }

  /** Closes ports of a pod that still has others. */
  static String delete(List<HostPort> ports) {
    StringBuilder text = new StringBuilder();
    for (HostPort port : ports) {
      text.append("delete element %s %s { %s }\n".formatted(NAME, map(port), key(port)));
    }
    return text.toString();
  }

  private static String hairpin(String verb, String address) {
    return "%s element %s hairpin { %s . %s }\n".formatted(verb, NAME, address, address);
  }

  private static String map(HostPort port) {
    return port.hostIp().isEmpty() ? "hostports" : "address-hostports";
  }

  private static String key(HostPort port) {
    String here = "%s . %d".formatted(port.protocol().toLowerCase(Locale.ROOT), port.port());
    return port.hostIp().isEmpty() ? here : port.hostIp() + " . " + here;
  }
}
