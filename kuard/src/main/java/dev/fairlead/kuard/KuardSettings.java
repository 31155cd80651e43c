package dev.fairlead.kuard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Settings, from flags ({@code --port=8080} or {@code --port 8080}), else from {@code KUARD_*} in
 * the environment, else defaults.
 *
 * @param host address to listen on; empty means all
 * @param port 0 means any free one
 * @param version what the pages show: {@code blue}, {@code green}, {@code purple} or any other
 */
record KuardSettings(String host, int port, String version) {
  private static final int PORT_MAX = 65_535;
  private static final List<String> FLAGS = List.of("address", "port", "version");

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static KuardSettings of(List<String> arguments, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    for (String flag : FLAGS) {
      String value = environment.get("KUARD_" + flag.toUpperCase(Locale.ROOT));
      if (value != null && !value.isEmpty()) {
        values.put(flag, value);
      }
    }
    readFlags(arguments, values);
    return of(values);
  }

  private static void readFlags(List<String> arguments, Map<String, String> values) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String flag = equals < 0 ? argument : argument.substring(0, equals);
      if (!flag.startsWith("--") || !FLAGS.contains(flag.substring(2))) {
        throw new IllegalArgumentException(
            "unknown flag: " + argument + "; known are --address, --port and --version");
      }
      if (equals < 0 && ++i == arguments.size()) {
        throw new IllegalArgumentException("flag needs a value: " + flag);
      }
      values.put(flag.substring(2), equals < 0 ? arguments.get(i) : argument.substring(equals + 1));
    }
  }

  private static KuardSettings of(Map<String, String> values) {
    String address = values.getOrDefault("address", "");
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    String addressPort = colon < 0 ? "8080" : address.substring(colon + 1);
    return new KuardSettings(
        host,
        port(values.getOrDefault("port", addressPort)),
        values.getOrDefault("version", "blue"));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("port is not a number: " + text, e);
    }
    throw new IllegalArgumentException("port is not between 0 and 65535: " + text);
  }

  /**
   * Where to listen.
   *
   * @throws IllegalArgumentException when the host is not an address
   */
  InetSocketAddress socketAddress() {
    return host.isEmpty()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }
}
