package dev.fairlead.apiserver.proxy;

import dev.fairlead.api.ApiException;
import java.util.Set;

/**
 * The name in a proxy's path: {@code name}, {@code name:port} or {@code scheme:name:port}.
 *
 * @param scheme {@code http}, {@code https} or empty
 * @param port a number or, of a Service, a port's name; may be empty
 */
record ProxyName(String scheme, String name, String port) {
  private static final Set<String> SCHEMES = Set.of("", "http", "https");

  /**
   * Takes a name apart.
   *
   * @param what the kind in lower case, for the message
   * @throws ApiException 400
   */
  static ProxyName parse(String what, String text) {
    String[] parts = text.split(":", -1);
    ProxyName parsed =
        switch (parts.length) {
          case 1 -> new ProxyName("", parts[0], "");
          case 2 -> new ProxyName("", parts[0], parts[1]);
          case 3 -> new ProxyName(parts[0], parts[1], parts[2]);
          default -> new ProxyName("", "", "");
        };
    if (parsed.name.isEmpty() || !SCHEMES.contains(parsed.scheme)) {
      throw ApiException.badRequest("invalid %s request \"%s\"".formatted(what, text));
    }
    return parsed;
  }

  boolean https() {
    return scheme.equals("https");
  }

  /** The port as a number, or what the scheme says when there is none. */
  int portOr(String otherwise) {
    String chosen = port.isEmpty() ? otherwise : port;
    if (chosen.isEmpty()) {
      return https() ? 443 : 80;
    }
    try {
      int number = Integer.parseInt(chosen);
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("invalid port \"%s\"".formatted(chosen));
    }
    throw ApiException.badRequest("invalid port \"%s\"".formatted(chosen));
  }
}
