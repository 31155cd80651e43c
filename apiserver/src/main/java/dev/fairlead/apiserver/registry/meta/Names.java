package dev.fairlead.apiserver.registry.meta;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shapes of names, with upstream's words for what is wrong (apimachinery {@code
 * util/validation}). Each check answers nothing when the text is well-formed.
 */
public final class Names {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String WILDCARD = "\\*\\." + SUBDOMAIN;
  private static final String DNS_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";
  private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
  private static final String UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String UNDERSCORE_SUBDOMAIN =
      UNDERSCORE_LABEL + "(\\." + UNDERSCORE_LABEL + ")*";

  private static final Pattern IS_LABEL = Pattern.compile(LABEL);
  private static final Pattern IS_SUBDOMAIN = Pattern.compile(SUBDOMAIN);
  private static final Pattern IS_WILDCARD = Pattern.compile(WILDCARD);
  private static final Pattern IS_1035 = Pattern.compile(DNS_1035);
  private static final Pattern IS_QUALIFIED = Pattern.compile(QUALIFIED);
  private static final Pattern IS_LABEL_VALUE = Pattern.compile(LABEL_VALUE);
  private static final Pattern IS_CONFIG_KEY = Pattern.compile(CONFIG_KEY);
  private static final Pattern IS_UNDERSCORE_SUBDOMAIN = Pattern.compile(UNDERSCORE_SUBDOMAIN);
  private static final Pattern IS_ENV_NAME = Pattern.compile("[ -<>-~]+");
  private static final Pattern IS_PORT_CHARS = Pattern.compile("[-a-z0-9]+");
  private static final Pattern HAS_LETTER = Pattern.compile(".*[a-z].*");

  // Written once: names are checked on every write, and most are good.
  private static final String LABEL_RULE =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '%s')"
          .formatted(LABEL);
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '%s')"
          .formatted(SUBDOMAIN);
  private static final String UNDERSCORE_SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '%s')"
          .formatted(UNDERSCORE_SUBDOMAIN);
  private static final String WILDCARD_RULE =
      "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '%s')"
          .formatted(WILDCARD);
  private static final String DNS_1035_RULE =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '%s')"
          .formatted(DNS_1035);
  private static final String QUALIFIED_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '%s')"
          .formatted(QUALIFIED);
  private static final String LABEL_VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '%s')"
          .formatted(LABEL_VALUE);
  private static final String CONFIG_KEY_RULE =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '%s')"
          .formatted(CONFIG_KEY);
  private static final String ENV_NAME_RULE =
      "a valid environment variable name must consist only of printable ASCII characters other than '='";

  private Names() {}

  /** A check of one text. */
  @FunctionalInterface
  public interface Rule {
    /** What is wrong, or nothing. */
    Optional<String> check(String text);
  }

  /** RFC 1123 label, at most 63 characters: namespaces, containers. */
  public static Optional<String> dnsLabel(String text) {
    if (text.length() <= 63 && text.indexOf('.') > 0 && IS_SUBDOMAIN.matcher(text).matches()) {
      return Optional.of("must not contain dots");
    }
    return check(text, 63, IS_LABEL, LABEL_RULE);
  }

  /** RFC 1123 subdomain, at most 253 characters: most objects. */
  public static Optional<String> dnsSubdomain(String text) {
    return check(text, 253, IS_SUBDOMAIN, SUBDOMAIN_RULE);
  }

  /** {@code *.} and an RFC 1123 subdomain (RFC 1034, section 4.3.3): hosts of an Ingress. */
  public static Optional<String> wildcardSubdomain(String text) {
    return check(text, 253, IS_WILDCARD, WILDCARD_RULE);
  }

  /** A name that could stand in a path: no dots alone, no slash, no percent sign. */
  public static List<String> pathSegment(String text) {
    if (text.equals(".") || text.equals("..")) {
      return List.of("may not be '%s'".formatted(text));
    }
    return Stream.of("/", "%")
        .filter(text::contains)
        .map("may not contain '%s'"::formatted)
        .toList();
  }

  /** RFC 1035 label: Services. */
  public static Optional<String> dns1035Label(String text) {
    return check(text, 63, IS_1035, DNS_1035_RULE);
  }

  /** The key of a label or annotation: an optional subdomain, a slash, a name. */
  public static Optional<String> qualifiedName(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length > 2) {
      return Optional.of(
          "a qualified name "
              + QUALIFIED_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        return Optional.of("prefix part must be non-empty");
      }
      Optional<String> prefix = dnsSubdomain(parts[0]);
      if (prefix.isPresent()) {
        return Optional.of("prefix part " + prefix.get());
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      return Optional.of("name part must be non-empty");
    }
    return check(name, 63, IS_QUALIFIED, QUALIFIED_RULE).map(problem -> "name part " + problem);
  }

  /** The value of a label. */
  public static Optional<String> labelValue(String text) {
    return check(text, 63, IS_LABEL_VALUE, LABEL_VALUE_RULE);
  }

  /** A key of a ConfigMap or Secret. */
  public static Optional<String> configMapKey(String text) {
    if (text.equals(".")) {
      return Optional.of("must not be '.'");
    }
    if (text.equals("..") || text.startsWith("..")) {
      return Optional.of(text.equals("..") ? "must not be '..'" : "must not start with '..'");
    }
    return check(text, 253, IS_CONFIG_KEY, CONFIG_KEY_RULE);
  }

  /** RFC 1123 subdomain that may have underscores: where a resolver searches. */
  public static Optional<String> underscoreSubdomain(String text) {
    return check(text, 253, IS_UNDERSCORE_SUBDOMAIN, UNDERSCORE_SUBDOMAIN_RULE);
  }

  /** The name of an environment variable (KEP-4369: nearly anything). */
  public static Optional<String> environmentName(String text) {
    return IS_ENV_NAME.matcher(text).matches() ? Optional.empty() : Optional.of(ENV_NAME_RULE);
  }

  /** The IANA service name of a container's port. */
  public static List<String> portName(String text) {
    List<String> wrong = new java.util.ArrayList<>();
    if (text.length() > 15) {
      wrong.add("must be no more than 15 characters");
    }
    if (!IS_PORT_CHARS.matcher(text).matches()) {
      wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!HAS_LETTER.matcher(text).matches()) {
      wrong.add("must contain at least one letter (a-z)");
    }
    if (text.contains("--")) {
      wrong.add("must not contain consecutive hyphens");
    }
    if (text.startsWith("-") || text.endsWith("-")) {
      wrong.add("must not begin or end with a hyphen");
    }
    return wrong;
  }

  private static Optional<String> check(String text, int max, Pattern shape, String why) {
    if (text.length() > max) {
      return Optional.of("must be no more than %d characters".formatted(max));
    }
    return shape.matcher(text).matches() ? Optional.empty() : Optional.of(why);
  }
}
