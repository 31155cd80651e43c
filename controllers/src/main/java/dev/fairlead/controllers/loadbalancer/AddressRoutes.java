package dev.fairlead.controllers.loadbalancer;

import java.io.IOException;
import java.util.List;

/** Carries packets for a load balancer's address to nodes. */
public interface AddressRoutes {

  /**
   * Sends an address to these nodes, spread over them, instead of wherever it went before.
   *
   * @param address an IPv4 address
   * @param nodeAddresses empty when nobody serves it now
   */
  void put(String address, List<String> nodeAddresses) throws IOException;

  /** Sends an address nowhere any more; one that went nowhere is no error. */
  void remove(String address) throws IOException;
}
