package dev.fairlead.kuard;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who this server is.
 *
 * @param version shown with its colour
 */
record Identity(String hostname, String version) {
  private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  static Identity of(String version, Map<String, String> environment) {
    String hostname = environment.getOrDefault("HOSTNAME", "");
    return new Identity(hostname.isEmpty() ? kernelHostname() : hostname, version);
  }

  private static String kernelHostname() {
    try {
      return Files.readString(KERNEL_HOSTNAME).strip();
    } catch (IOException e) {
      return "localhost"; // not on Linux
    }
  }

  /** The IPv4 addresses of this host that others can reach, now. */
  static List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
          .forEach(address -> addresses.add(address.getHostAddress()));
    } catch (SocketException e) {
      return List.of(); // without interfaces there are no addresses
    }
    return addresses;
  }

  /** A CSS colour: blue, green and purple are themselves, any other version has its own hue. */
  String color() {
    return switch (version) {
      case "blue" -> "#1f5fd0";
      case "green" -> "#1a8a3c";
      case "purple" -> "#7b2fb5";
      default -> "hsl(" + Math.floorMod(version.hashCode(), 360) + ",70%,40%)";
    };
  }
}
