package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses of endpoints and external addresses of Services: none that means a node itself
 * (upstream {@code ValidateNonSpecialIP}).
 */
final class EndpointAddresses {
  private static final Map<Cidr, String> SPECIAL = special();

  private EndpointAddresses() {}

  /** Whether an address means no node itself. */
  static void notSpecial(String address, String path, List<FieldError> errors) {
    Ip ip = Ip.parseLegacy(address).orElse(null);
    if (ip == null) {
      errors.add(FieldError.invalid(path, address, "must be a valid IP address"));
      return;
    }
    SPECIAL.forEach((range, what) -> {
      if (range.contains(ip)) {
        errors.add(FieldError.invalid(path, address, what.formatted(address)));
      }
    });
  }

  /** {@code nodeName}, when it is given. */
  static void nodeName(JsonNode endpoint, String path, List<FieldError> errors) {
    if (endpoint.has("nodeName")) {
      String name = endpoint.get("nodeName").asText();
      Names.dnsSubdomain(name)
          .forEach(why -> errors.add(FieldError.invalid(path + ".nodeName", name, why)));
    }
  }

  private static Map<Cidr, String> special() {
    String loopback = "may not be in the loopback range (127.0.0.0/8, ::1/128)";
    String local = "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
    String multicast = "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
    Map<Cidr, String> all = new LinkedHashMap<>();
    all.put(cidr("0.0.0.0/32"), "may not be unspecified (%s)");
    all.put(cidr("::/128"), "may not be unspecified (%s)");
    all.put(cidr("127.0.0.0/8"), loopback);
    all.put(cidr("::1/128"), loopback);
    all.put(cidr("169.254.0.0/16"), local);
    all.put(cidr("fe80::/10"), local);
    all.put(cidr("224.0.0.0/24"), multicast);
    all.put(cidr("ff02::/16"), multicast);
    return all;
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }
}
