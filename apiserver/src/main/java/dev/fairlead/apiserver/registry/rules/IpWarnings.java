package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import java.util.List;
import java.util.Optional;

/**
 * What whoever writes an old field should hear of addresses and ranges that are accepted though not
 * all programs read them alike (KEP-4858, upstream {@code GetWarningsForIP} and {@code
 * GetWarningsForCIDR}). What is no address or range is of no interest here.
 */
public final class IpWarnings {
  private static final String NON_STANDARD =
      "%s: non-standard %s \"%s\" will be considered invalid in a future Kubernetes release: use"
          + " \"%s\"";
  private static final String NOT_CANONICAL =
      "%s: IPv6 %s \"%s\" should be in RFC 5952 canonical format (\"%s\")";

  private IpWarnings() {}

  /** The addresses of a list. */
  public static void addresses(JsonNode list, FieldPath path, List<String> warnings) {
    for (int i = 0; i < list.size(); i++) {
      address(list.get(i).asText(), path.index(i), warnings);
    }
  }

  /** The addresses of a list of objects, in the field {@code ip} of each. */
  public static void ips(JsonNode list, FieldPath path, List<String> warnings) {
    for (int i = 0; i < list.size(); i++) {
      address(list.get(i).path("ip").asText(""), path.index(i).child("ip"), warnings);
    }
  }

  /** One address. */
  public static void address(String text, FieldPath path, List<String> warnings) {
    Optional<Ip> ip = Ip.parseLegacy(text);
    if (ip.isEmpty() || text.equals(ip.get().text())) {
      return;
    }
    boolean standard = Ip.parse(text).filter(strict -> !strict.isMapped()).isPresent();
    warnings.add(
        standard
            ? NOT_CANONICAL.formatted(path, "address", text, ip.get().text())
            : NON_STANDARD.formatted(path, "IP address", text, ip.get().text()));
  }

  /** The ranges of a list. */
  public static void ranges(JsonNode list, FieldPath path, List<String> warnings) {
    for (int i = 0; i < list.size(); i++) {
      range(list.get(i).asText(), path.index(i), warnings);
    }
  }

  /** One range. */
  public static void range(String text, FieldPath path, List<String> warnings) {
    Optional<Cidr> legacy = Cidr.parseLegacy(text);
    if (legacy.isEmpty()) {
      return;
    }
    Cidr range = legacy.get();
    String canonical = range.unmapped().text();
    boolean ambiguous = !range.address().equals(range.first());
    if (ambiguous) {
      String single = "%s/%d".formatted(range.address().unmapped().text(), range.family().bits());
      warnings.add(
          "%s: CIDR value \"%s\" is ambiguous in this context (should be \"%s\" or \"%s\"?)"
              .formatted(path, text, canonical, single));
    }
    if (range.address().isMapped() || Cidr.parse(text).isEmpty()) {
      warnings.add(NON_STANDARD.formatted(path, "CIDR value", text, canonical));
    } else if (!ambiguous && !text.equals(canonical)) {
      warnings.add(NOT_CANONICAL.formatted(path, "CIDR value", text, canonical));
    }
  }
}
