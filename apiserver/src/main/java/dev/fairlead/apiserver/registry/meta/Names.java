package dev.fairlead.apiserver.registry.meta;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shapes of names, with upstream's words for what is wrong (apimachinery {@code
 * util/validation}). Each check answers all that is wrong, in upstream's order; nothing when the
 * text is well-formed.
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
    /** All that is wrong. */
    List<String> check(String text);
  }

  /** RFC 1123 label, at most 63 characters: namespaces, containers. */
  public static List<String> dnsLabel(String text) {
    boolean dotted = text.indexOf('.') > 0 && IS_SUBDOMAIN.matcher(text).matches();
    return check(text, 63, IS_LABEL, dotted ? "must not contain dots" : LABEL_RULE);
  }

  /** RFC 1123 subdomain, at most 253 characters: most objects. */
  public static List<String> dnsSubdomain(String text) {
    return check(text, 253, IS_SUBDOMAIN, SUBDOMAIN_RULE);
  }

  /** {@code *.} and an RFC 1123 subdomain (RFC 1034, section 4.3.3): hosts of an Ingress. */
  public static List<String> wildcardSubdomain(String text) {
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
  public static List<String> dns1035Label(String text) {
    return check(text, 63, IS_1035, DNS_1035_RULE);
  }

  /** The key of a label or annotation: an optional subdomain, a slash, a name. */
  public static List<String> qualifiedName(String text) {
    int slash = text.indexOf('/');
    if (slash != text.lastIndexOf('/')) {
      return List.of(
          "a qualified name "
              + QUALIFIED_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    List<String> name = qualifiedPart(text.substring(slash + 1));
    return slash < 0 ? name : both(prefix(text.substring(0, slash)), name);
  }

  private static List<String> prefix(String text) {
    return text.isEmpty()
        ? List.of("prefix part must be non-empty")
        : each("prefix part ", dnsSubdomain(text));
  }

  private static List<String> qualifiedPart(String text) {
    List<String> wrong = each("name part ", check(text, 63, IS_QUALIFIED, QUALIFIED_RULE));
    return text.isEmpty() ? both(List.of("name part must be non-empty"), wrong) : wrong;
  }

  /** The value of a label. */
  public static List<String> labelValue(String text) {
    return check(text, 63, IS_LABEL_VALUE, LABEL_VALUE_RULE);
  }

  /** A key of a ConfigMap or Secret. */
  public static List<String> configMapKey(String text) {
    return both(check(text, 253, IS_CONFIG_KEY, CONFIG_KEY_RULE), leadsAway(text));
  }

  /** Whether a path with this name would lead out of its folder. */
  private static List<String> leadsAway(String text) {
    if (text.equals(".") || text.equals("..")) {
      return List.of("must not be '%s'".formatted(text));
    }
    return text.startsWith("..") ? List.of("must not start with '..'") : List.of();
  }

  /** RFC 1123 subdomain that may have underscores: where a resolver searches. */
  public static List<String> underscoreSubdomain(String text) {
    return check(text, 253, IS_UNDERSCORE_SUBDOMAIN, UNDERSCORE_SUBDOMAIN_RULE);
  }

  /** The name of an environment variable (KEP-4369: nearly anything). */
  public static List<String> environmentName(String text) {
    if (text.isEmpty()) {
      return List.of("environment variable name must be non-empty");
    }
    return IS_ENV_NAME.matcher(text).matches() ? List.of() : List.of(ENV_NAME_RULE);
  }

  /** The IANA service name of a container's port. */
  public static List<String> portName(String text) {
    List<String> wrong = new ArrayList<>();
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

  private static List<String> check(String text, int max, Pattern shape, String why) {
    boolean shaped = shape.matcher(text).matches();
    if (text.length() <= max && (shaped || bytes(text) <= max)) {
      return shaped ? List.of() : List.of(why);
    }
    // Upstream counts bytes, and says characters.
    String length = "must be no more than %d characters".formatted(max);
    return shaped ? List.of(length) : List.of(length, why);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static List<String> each(String before, List<String> texts) {
    return texts.isEmpty() ? texts : texts.stream().map(before::concat).toList();
  }

  private static List<String> both(List<String> one, List<String> other) {
    return one.isEmpty() ? other : Stream.concat(one.stream(), other.stream()).toList();
  }
}
