package dev.fairlead.controllers.endpoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Packs addresses and ports into the fewest subsets: ports with the same addresses share one
 * (upstream: {@code RepackSubsets}). Everything is sorted, so that equal input gives equal output.
 * Pure.
 */
final class Subsets {

  /** A port of the Service on a pod. */
  record Port(String name, int port, String protocol, String appProtocol) {
    static final Comparator<Port> ORDER =
        Comparator.comparing(Port::name)
            .thenComparingInt(Port::port)
            .thenComparing(Port::protocol)
            .thenComparing(Port::appProtocol);

    ObjectNode toTree() {
      ObjectNode tree = JsonNodeFactory.instance.objectNode();
      if (!name.isEmpty()) {
        tree.put("name", name);
      }
      tree.put("port", port).put("protocol", protocol);
      if (!appProtocol.isEmpty()) {
        tree.put("appProtocol", appProtocol);
      }
      return tree;
    }
  }

  /**
   * An address of a pod.
   *
   * @param tree as in {@code addresses} or {@code notReadyAddresses}
   */
  record Address(String ip, String uid, boolean ready, ObjectNode tree) {
    static final Comparator<Address> ORDER =
        Comparator.comparing(Address::bytes, Arrays::compareUnsigned).thenComparing(Address::uid);

    private byte[] bytes() {
      return InetAddress.ofLiteral(ip).getAddress();
    }
  }

  /** One pod with the ports that it offers. */
  record Entry(Address address, List<Port> ports) {}

  private Subsets() {}

  /**
   * The value of {@code Endpoints.subsets}.
   *
   * @param max addresses altogether; ready ones are kept first
   */
  static ArrayNode pack(Collection<Entry> entries, int max) {
    Map<List<Port>, List<Address>> byPorts = new LinkedHashMap<>();
    Map<Port, List<Address>> byPort = new TreeMap<>(Port.ORDER);
    List<Address> portless = new ArrayList<>();
    for (Entry entry : truncate(entries, max)) {
      entry
          .ports()
          .forEach(
              port -> byPort.computeIfAbsent(port, any -> new ArrayList<>()).add(entry.address()));
      if (entry.ports().isEmpty()) {
        portless.add(entry.address());
      }
    }
    Map<List<Address>, List<Port>> byAddresses = new LinkedHashMap<>();
    if (!portless.isEmpty()) {
      byAddresses.put(sorted(portless), List.of());
    }
    byPort.forEach((port, addresses) ->
        byAddresses.computeIfAbsent(sorted(addresses), any -> new ArrayList<>()).add(port));
    byAddresses.forEach((addresses, ports) -> byPorts.put(List.copyOf(ports), addresses));
    ArrayNode subsets = JsonNodeFactory.instance.arrayNode();
    byPorts.forEach((ports, addresses) -> subsets.add(subset(addresses, ports)));
    return subsets;
  }

  private static List<Entry> truncate(Collection<Entry> entries, int max) {
    return entries.stream()
        .sorted(
            Comparator.comparing((Entry entry) -> !entry.address().ready())
                .thenComparing(Entry::address, Address.ORDER))
        .limit(max)
        .toList();
  }

  private static List<Address> sorted(List<Address> addresses) {
    return addresses.stream().sorted(Address.ORDER).toList();
  }

  private static ObjectNode subset(List<Address> addresses, List<Port> ports) {
    ObjectNode subset = JsonNodeFactory.instance.objectNode();
    addresses.forEach(address ->
        subset.withArray(address.ready() ? "addresses" : "notReadyAddresses").add(address.tree()));
    ports.forEach(port -> subset.withArray("ports").add(port.toTree()));
    return subset;
  }
}
