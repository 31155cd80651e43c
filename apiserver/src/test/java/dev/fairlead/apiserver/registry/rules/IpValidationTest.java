package dev.fairlead.apiserver.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text, what an old field says of it, and what a new field says (KEP-4858). */
class IpValidationTest {
  private static final String NO_IP =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String NO_CIDR =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  private static void assertSame(List<String> wrong, String cell) {
    String expected = cell == null ? "" : cell.replace("NO_IP", NO_IP).replace("NO_CIDR", NO_CIDR);
    assertThat(String.join(" && ", wrong)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          1.2.3.4 | |
          0.0.0.0 | |
          255.255.255.255 | |
          1234::abcd | |
          :: | |
          0:0:0:0:0:0:0:0 | | must be in canonical form ("::")
          0001:002:03:4:: | | must be in canonical form ("1:2:3:4::")
          1234::ABCD | | must be in canonical form ("1234::abcd")
          1.1.1.01 | | must not have leading 0s
          00001:: | | must not have leading 0s
          ::ffff:1.1.1.1 | | must not be an IPv4-mapped IPv6 address
          ::ffff:1.1.1.01 | | must not have leading 0s
          ^^ | NO_IP | NO_IP
          aaaaaaa | NO_IP | NO_IP
          1.2.3.0/24 | NO_IP | NO_IP
          1.2.3.400 | NO_IP | NO_IP
          -1.0.0.0 | NO_IP | NO_IP
          0x1.0.0.0 | NO_IP | NO_IP
          2001:db8::10005 | NO_IP | NO_IP
          1.2.3.4:80 | NO_IP | NO_IP
          [2001:db8::1] | NO_IP | NO_IP
          1234::abcd%eth0 | NO_IP | NO_IP
          """)
  void addresses(String text, String ofOldField, String ofNewField) {
    assertSame(IpValidation.legacyIp(text), ofOldField);
    assertSame(IpValidation.ip(text), ofNewField);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          1.0.0.0/8 | |
          0.0.0.0/0 | |
          1.1.1.1/32 | |
          2001:4860:4860::/48 | |
          ::/0 | |
          2a00:79e0:2:0::/64 | | must be in canonical form ("2a00:79e0:2::/64")
          2001:DB8::/64 | | must be in canonical form ("2001:db8::/64")
          1.1.01.0/24 | | must not have leading 0s in IP or prefix length
          192.168.0.0/016 | | must not have leading 0s in IP or prefix length
          ::ffff:1.1.1.0/24 | | must not have an IPv4-mapped IPv6 address
          ::ffff:1.1.1.0/120 | | must not have an IPv4-mapped IPv6 address
          1.2.3.4/24 | | must not have bits set beyond the prefix length
          2001:db8::1/64 | | must not have bits set beyond the prefix length
          ^^ | NO_CIDR | NO_CIDR
          1.2.3.4 | NO_CIDR | NO_CIDR
          192.168.0.1/healthz | NO_CIDR | NO_CIDR
          192.168.0.1/0/99 | NO_CIDR | NO_CIDR
          192.168.0.0/-16 | NO_CIDR | NO_CIDR
          192.168.0.0/+16 | NO_CIDR | NO_CIDR
          192.168.0.0/33 | NO_CIDR | NO_CIDR
          """)
  void ranges(String text, String ofOldField, String ofNewField) {
    assertSame(IpValidation.legacyCidr(text), ofOldField);
    assertSame(IpValidation.cidr(text), ofNewField);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          192.12.2.2 |
          2001:db8::2 |
          nothing |
          192.012.2.2 | spec.x[0]: non-standard IP address "192.012.2.2" will be considered invalid in a future Kubernetes release: use "192.12.2.2"
          ::ffff:192.12.2.2 | spec.x[0]: non-standard IP address "::ffff:192.12.2.2" will be considered invalid in a future Kubernetes release: use "192.12.2.2"
          2001:db8:0:0::2 | spec.x[0]: IPv6 address "2001:db8:0:0::2" should be in RFC 5952 canonical format ("2001:db8::2")
          """)
  void warningsOfAddresses(String text, String warning) {
    List<String> warnings = new ArrayList<>();
    IpWarnings.address(text, FieldPath.of("spec.x").index(0), warnings);
    assertSame(warnings, warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          192.12.2.0/24 |
          2001:db8::/64 |
          nothing |
          192.012.2.0/24 | spec.x[0]: non-standard CIDR value "192.012.2.0/24" will be considered invalid in a future Kubernetes release: use "192.12.2.0/24"
          192.12.2.0/024 | spec.x[0]: non-standard CIDR value "192.12.2.0/024" will be considered invalid in a future Kubernetes release: use "192.12.2.0/24"
          ::ffff:192.12.2.0/120 | spec.x[0]: non-standard CIDR value "::ffff:192.12.2.0/120" will be considered invalid in a future Kubernetes release: use "192.12.2.0/24"
          192.12.2.8/24 | spec.x[0]: CIDR value "192.12.2.8/24" is ambiguous in this context (should be "192.12.2.0/24" or "192.12.2.8/32"?)
          192.012.2.8/24 | spec.x[0]: CIDR value "192.012.2.8/24" is ambiguous in this context (should be "192.12.2.0/24" or "192.12.2.8/32"?) && spec.x[0]: non-standard CIDR value "192.012.2.8/24" will be considered invalid in a future Kubernetes release: use "192.12.2.0/24"
          2001:db8::8/64 | spec.x[0]: CIDR value "2001:db8::8/64" is ambiguous in this context (should be "2001:db8::/64" or "2001:db8::8/128"?)
          2001:db8:0:0::/64 | spec.x[0]: IPv6 CIDR value "2001:db8:0:0::/64" should be in RFC 5952 canonical format ("2001:db8::/64")
          """)
  void warningsOfRanges(String text, String warning) {
    List<String> warnings = new ArrayList<>();
    IpWarnings.range(text, FieldPath.of("spec.x").index(0), warnings);
    assertSame(warnings, warning);
  }
}
