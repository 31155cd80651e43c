package dev.fairlead.apiserver.registry.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with an address or a range (apimachinery {@code util/validation/ip.go}, with strict
 * validation: KEP-4858). Each check answers nothing when the text is well-formed.
 */
public final class IpValidation {
  private static final String NO_IP =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String NO_CIDR =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  private IpValidation() {}

  /** An address of an old field: any spelling that all programs read alike. */
  public static Optional<String> legacyIp(String text) {
    Optional<Ip> ip = Ip.parse(text);
    if (ip.isEmpty()) {
      boolean zeros = Ip.parse(withoutLeadingZeros(text)).isPresent();
      return Optional.of(zeros ? "must not have leading 0s" : NO_IP);
    }
    return ip.get().isMapped()
        ? Optional.of("must not be an IPv4-mapped IPv6 address")
        : Optional.empty();
  }

  /** An address of a new field: the canonical spelling only. */
  public static Optional<String> ip(String text) {
    Optional<String> wrong = legacyIp(text);
    if (wrong.isPresent()) {
      return wrong;
    }
    return canonical(text, Ip.parse(text).map(Ip::text).orElseThrow());
  }

  /** A range of an old field. */
  public static Optional<String> legacyCidr(String text) {
    Optional<Cidr> cidr = Cidr.parse(text);
    if (cidr.isEmpty()) {
      boolean zeros = Cidr.parse(withoutLeadingZeros(text)).isPresent();
      return Optional.of(zeros ? "must not have leading 0s in IP or prefix length" : NO_CIDR);
    }
    if (cidr.get().address().isMapped()) {
      return Optional.of("must not have an IPv4-mapped IPv6 address");
    }
    return cidr.get().address().equals(cidr.get().first())
        ? Optional.empty()
        : Optional.of("must not have bits set beyond the prefix length");
  }

  /** A range of a new field. */
  public static Optional<String> cidr(String text) {
    Optional<String> wrong = legacyCidr(text);
    if (wrong.isPresent()) {
      return wrong;
    }
    return canonical(text, Cidr.parse(text).map(Cidr::text).orElseThrow());
  }

  /** Whether two ranges are one of IPv4 and one of IPv6. */
  public static boolean oneOfEachFamily(JsonNode ranges) {
    Set<Ip.Family> seen = EnumSet.noneOf(Ip.Family.class);
    ranges.forEach(each -> Cidr.parse(each.asText()).ifPresent(cidr -> seen.add(cidr.family())));
    return ranges.size() == 2 && seen.size() == 2;
  }

  private static Optional<String> canonical(String text, String canonical) {
    return text.equals(canonical)
        ? Optional.empty()
        : Optional.of("must be in canonical form (\"%s\")".formatted(canonical));
  }

  private static String withoutLeadingZeros(String text) {
    return text.contains(":")
        ? text.replaceAll("/0+(?=\\d)", "/")
        : text.replaceAll("(?<!\\d)0+(?=\\d)", "");
  }
}
