package dev.fairlead.api.select;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The syntax of label keys and values (Kubernetes concepts, "Labels and Selectors"). Every message
 * is upstream's.
 */
final class LabelSyntax {
  private static final int LENGTH_MAX = 63;
  private static final int PREFIX_LENGTH_MAX = 253;
  private static final String NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
  private static final String NAME_WRONG =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '"
          + NAME
          + "')";
  private static final String VALUE_WRONG =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is '("
          + NAME
          + ")?')";
  private static final String SUBDOMAIN_WRONG =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + SUBDOMAIN
          + "')";

  private LabelSyntax() {}

  /** What is wrong with a label key, or with any other qualified name; empty when nothing is. */
  public static List<String> keyErrors(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length > 2) {
      return List.of(
          "a qualified name "
              + NAME_WRONG
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    List<String> errors = new ArrayList<>();
    if (parts.length == 2) {
      prefixErrors(parts[0], errors);
    }
    nameErrors(parts[parts.length - 1], errors);
    return errors;
  }

  private static void prefixErrors(String prefix, List<String> errors) {
    if (prefix.isEmpty()) {
      errors.add("prefix part must be non-empty");
      return;
    }
    if (bytes(prefix) > PREFIX_LENGTH_MAX) {
      errors.add("prefix part must be no more than " + PREFIX_LENGTH_MAX + " bytes");
    }
    if (!SUBDOMAIN_PATTERN.matcher(prefix).matches()) {
      errors.add("prefix part " + SUBDOMAIN_WRONG);
    }
  }

  private static void nameErrors(String name, List<String> errors) {
    if (name.isEmpty()) {
      errors.add("name part must be non-empty");
    } else if (bytes(name) > LENGTH_MAX) {
      errors.add("name part must be no more than " + LENGTH_MAX + " bytes");
    }
    if (!matches(NAME_PATTERN, name)) {
      errors.add("name part " + NAME_WRONG);
    }
  }

  /** What is wrong with a label value; empty when nothing is. */
  public static List<String> valueErrors(String value) {
    List<String> errors = new ArrayList<>();
    if (bytes(value) > LENGTH_MAX) {
      errors.add("must be no more than " + LENGTH_MAX + " bytes");
    }
    if (!value.isEmpty() && !matches(NAME_PATTERN, value)) {
      errors.add(VALUE_WRONG);
    }
    return errors;
  }

  private static boolean matches(Pattern pattern, String text) {
    return pattern.matcher(text).matches();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
