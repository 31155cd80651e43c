package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/** What a plain YAML scalar means, by the rules of upstream's converter (YAML 1.1 words). */
final class YamlScalars {
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUES =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSES =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
  private static final Pattern BASED =
      Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F_]+)|0[oO]?([0-7_]+)|0[bB]([01_]+))");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final int DIGITS_MAX = 400;

  private YamlScalars() {}

  /** The value; text where it is nothing else. Infinities and NaN, which JSON lacks, are text. */
  static JsonNode resolve(String plain) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (NULLS.contains(plain)) {
      return nodes.nullNode();
    }
    if (TRUES.contains(plain) || FALSES.contains(plain)) {
      return nodes.booleanNode(TRUES.contains(plain));
    }
    if (plain.length() > DIGITS_MAX) {
      return nodes.textNode(plain);
    }
    if (DECIMAL.matcher(plain).matches()) {
      return integer(new BigInteger(strip(plain)));
    }
    var based = BASED.matcher(plain);
    if (based.matches()) {
      String digits = first(based.group(2), based.group(3), based.group(4));
      int radix = based.group(2) != null ? 16 : based.group(3) != null ? 8 : 2;
      return digits.isEmpty()
          ? nodes.textNode(plain)
          : integer(new BigInteger(strip(based.group(1)) + digits, radix));
    }
    if (FLOAT.matcher(plain).matches()) {
      double number = Double.parseDouble(plain);
      return Double.isInfinite(number) ? nodes.textNode(plain) : nodes.numberNode(number);
    }
    return nodes.textNode(plain);
  }

  /** Whether text must be quoted to stay text. */
  static boolean ambiguous(String text) {
    return text.equals("<<")
        || !resolve(text).isTextual()
        || NOT_FINITE.matcher(text).matches()
        || isDate(text);
  }

  private static boolean isDate(String text) {
    return text.length() >= 10 && text.substring(0, 10).matches("\\d{4}-\\d{2}-\\d{2}");
  }

  private static JsonNode integer(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return JsonNodeFactory.instance.numberNode(number.intValue());
    }
    return number.bitLength() < Long.SIZE
        ? JsonNodeFactory.instance.numberNode(number.longValue())
        : JsonNodeFactory.instance.numberNode(number);
  }

  private static String strip(String digits) {
    return digits.replace("_", "").replace("+", "");
  }

  private static String first(String... groups) {
    for (String group : groups) {
      if (group != null) {
        return group.replace("_", "");
      }
    }
    return "";
  }
}
