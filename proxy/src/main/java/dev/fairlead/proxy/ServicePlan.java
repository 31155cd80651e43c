package dev.fairlead.proxy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one service wants in the kernel.
 *
 * @param slots numbered endpoints per list; the next plan of this service starts from them
 * @param udp the endpoints behind each UDP address, for finding stale connections
 */
record ServicePlan(
    Map<String, List<Target>> slots,
    Map<Element, Element.Value> elements,
    Map<UdpAddress, Set<Target>> udp) {
  static final ServicePlan NONE = new ServicePlan(Map.of(), Map.of(), Map.of());

  /**
   * Where clients send datagrams.
   *
   * @param address empty for a node port, which is at every address of the node
   */
  record UdpAddress(String address, int port) {}
}
