package dev.fairlead.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** The addresses of this machine. */
public final class HostAddress {
  private HostAddress() {}

  /** The first IPv4 address by which others may reach this machine; empty when it has none. */
  public static Optional<String> first() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .findFirst();
    } catch (SocketException e) {
      throw new Failure("the addresses of this machine cannot be read: " + e.getMessage());
    }
  }
}
