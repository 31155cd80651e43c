package dev.fairlead.controllers.loadbalancer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that carry an address: {@code lb-10-111-200-1.example.com}. Pure. */
final class PoolHostnames {
  private static final Pattern NAME = Pattern.compile("lb-(\\d+)-(\\d+)-(\\d+)-(\\d+)\\..*");

  private PoolHostnames() {}

  static String of(String address, String suffix) {
    return "lb-" + address.replace('.', '-') + "." + suffix;
  }

  /** The address in a name; empty when it carries none. */
  static String address(String hostname) {
    Matcher matcher = NAME.matcher(hostname);
    return matcher.matches()
        ? String.join(".", matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4))
        : "";
  }
}
