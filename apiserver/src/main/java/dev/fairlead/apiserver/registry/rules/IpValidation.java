package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with an address or a range (apimachinery {@code util/validation/ip.go}; upstream's
 * gate {@code StrictIPCIDRValidation}, KEP-4858, is off). Each check answers nothing when the text
 * is well-formed.
 */
public final class IpValidation {
  private static final String NO_IP =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String NO_CIDR =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  private IpValidation() {}

  /** An address of an old field: any spelling that some program reads; see {@link IpWarnings}. */
  public static List<String> legacyIp(String text) {
    return Ip.parseLegacy(text).isPresent() ? List.of() : List.of(NO_IP);
  }

  /** An address of a new field: the canonical spelling only. */
  public static List<String> ip(String text) {
    Optional<Ip> ip = Ip.parse(text);
    if (ip.isEmpty()) {
      boolean zeros = Ip.parseLegacy(text).isPresent();
      return List.of(zeros ? "must not have leading 0s" : NO_IP);
    }
    return ip.get().isMapped()
        ? List.of("must not be an IPv4-mapped IPv6 address")
        : canonical(text, ip.get().text());
  }

  /** A range of an old field: any spelling that some program reads; see {@link IpWarnings}. */
  public static List<String> legacyCidr(String text) {
    return Cidr.parseLegacy(text).isPresent() ? List.of() : List.of(NO_CIDR);
  }

  /** A range of a new field. */
  public static List<String> cidr(String text) {
    Optional<Cidr> cidr = Cidr.parse(text);
    if (cidr.isEmpty()) {
      boolean zeros = Cidr.parseLegacy(text).isPresent();
      return List.of(zeros ? "must not have leading 0s in IP or prefix length" : NO_CIDR);
    }
    if (cidr.get().address().isMapped()) {
      return List.of("must not have an IPv4-mapped IPv6 address");
    }
    return cidr.get().address().equals(cidr.get().first())
        ? canonical(text, cidr.get().text())
        : List.of("must not have bits set beyond the prefix length");
  }

  /** Whether two ranges of an old field are one of IPv4 and one of IPv6. */
  public static boolean oneOfEachFamily(JsonNode ranges) {
    Set<Ip.Family> seen = EnumSet.noneOf(Ip.Family.class);
    ranges.forEach(each ->
        Cidr.parseLegacy(each.asText()).ifPresent(cidr -> seen.add(cidr.unmapped().family())));
    return ranges.size() == 2 && seen.size() == 2;
  }

  private static List<String> canonical(String text, String canonical) {
    return text.equals(canonical)
        ? List.of()
        : List.of("must be in canonical form (\"%s\")".formatted(canonical));
  }
}
