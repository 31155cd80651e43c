package dev.fairlead.linux;

import java.io.IOException;
import java.util.List;

/**
 * Links, addresses and routes of one namespace, over rtnetlink (RFC 3549, {@code rtnetlink(7)}).
 * Each method is one kernel operation and throws {@link IOException} with the kernel's reason, the
 * operation and the names in it.
 *
 * <p>Addresses are written as {@code 10.111.0.11/16}, networks as {@code 10.112.1.0/24}.
 */
public interface Links {

  /** Makes a veth pair: one end here, the other in {@code peerNamespace}. Both are down. */
  void addVeth(String name, NetworkNamespace peerNamespace, String peerName) throws IOException;

  /** Makes a bridge, down. */
  void addBridge(String name) throws IOException;

  /** Puts a link into a bridge. */
  void setMaster(String name, String bridge) throws IOException;

  void setUp(String name) throws IOException;

  /** Removes a link; a veth takes its peer along. */
  void delete(String name) throws IOException;

  void addAddress(String name, String addressWithPrefix) throws IOException;

  /**
   * Adds an address of scope host: the namespace answers to it, but the kernel never chooses it as
   * the source of anything, nor for masquerading.
   */
  void addHostAddress(String name, String addressWithPrefix) throws IOException;

  void deleteAddress(String name, String addressWithPrefix) throws IOException;

  /** {@code network via gateway}; several gateways make an ECMP route. Replaces an older route. */
  void putRoute(String network, List<String> gateways) throws IOException;

  /** {@code network dev name} with scope link. Replaces an older route. */
  void putLinkRoute(String network, String name) throws IOException;

  void deleteRoute(String network) throws IOException;

  /** Names of all links. */
  List<String> names() throws IOException;

  /** Sets a sysctl of this namespace, for example {@code net.ipv4.ip_forward}. */
  void sysctl(String name, String value) throws IOException;
}
