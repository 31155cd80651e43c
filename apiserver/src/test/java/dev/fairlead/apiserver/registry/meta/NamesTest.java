package dev.fairlead.apiserver.registry.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text, and all that is wrong with it, in upstream's order. */
class NamesTest {
  private static final Map<String, Names.Rule> RULES =
      Map.of(
          "label", Names::dnsLabel,
          "subdomain", Names::dnsSubdomain,
          "1035", Names::dns1035Label,
          "wildcard", Names::wildcardSubdomain,
          "qualified", Names::qualifiedName,
          "value", Names::labelValue,
          "key", Names::configMapKey,
          "variable", Names::environmentName,
          "search", Names::underscoreSubdomain,
          "port", Names::portName);

  /** What the table calls by its first words. */
  private static String shortened(String why) {
    for (String name :
        List.of(
            "a lowercase RFC 1123 label",
            "a lowercase RFC 1123 subdomain",
            "a DNS-1035 label",
            "a wildcard DNS-1123 subdomain",
            "a valid label",
            "a valid config key",
            "a qualified name",
            "prefix part a lowercase RFC 1123 subdomain",
            "name part must consist of")) {
      if (why.startsWith(name)) {
        return name;
      }
    }
    return why;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          label | a |
          label | ^^ | a lowercase RFC 1123 label
          label | a.b | must not contain dots
          label | A63 | a lowercase RFC 1123 label
          label | a64 | must be no more than 63 characters
          label | A64 | must be no more than 63 characters && a lowercase RFC 1123 label
          label | a64.b | must be no more than 63 characters && must not contain dots
          label | ü32 | must be no more than 63 characters && a lowercase RFC 1123 label
          label | ü31 | a lowercase RFC 1123 label
          subdomain | A254 | must be no more than 253 characters && a lowercase RFC 1123 subdomain
          1035 | 1 | a DNS-1035 label
          1035 | A64 | must be no more than 63 characters && a DNS-1035 label
          wildcard | A254 | must be no more than 253 characters && a wildcard DNS-1123 subdomain
          qualified | a/b |
          qualified | ^^ | name part must be non-empty && name part must consist of
          qualified | / | prefix part must be non-empty && name part must be non-empty && name part must consist of
          qualified | A/-64 | prefix part a lowercase RFC 1123 subdomain && name part must be no more than 63 characters && name part must consist of
          qualified | A254/b | prefix part must be no more than 253 characters && prefix part a lowercase RFC 1123 subdomain
          qualified | a/b/c | a qualified name
          value | ^^ |
          value | -64 | must be no more than 63 characters && a valid label
          key | -254 | must be no more than 253 characters
          key | !254 | must be no more than 253 characters && a valid config key
          key | ..! | a valid config key && must not start with '..'
          key | . | must not be '.'
          key | .. | must not be '..'
          variable | ^^ | environment variable name must be non-empty
          search | A254 | must be no more than 253 characters && a lowercase RFC 1123 subdomain
          port | -16 | must be no more than 15 characters && must contain at least one letter (a-z) && must not contain consecutive hyphens && must not begin or end with a hyphen
          """)
  void all(String rule, String text, String wrong) {
    List<String> found = RULES.get(rule).check(repeated(text));
    assertThat(String.join(" && ", found.stream().map(NamesTest::shortened).toList()))
        .isEqualTo(wrong == null ? "" : wrong);
  }

  /** A character with a number after it stands that many times. */
  private static String repeated(String text) {
    return java.util.regex.Pattern.compile("(.)(\\d+)")
        .matcher(text)
        .replaceAll(each -> each.group(1).repeat(Integer.parseInt(each.group(2))));
  }
}
