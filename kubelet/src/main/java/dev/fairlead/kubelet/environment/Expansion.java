package dev.fairlead.kubelet.environment;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code $(NAME)} in commands, arguments and values (upstream: {@code third_party/forked/golang/
 * expansion}). {@code $$} is one dollar sign; a name that is not known stays as it is written.
 */
public final class Expansion {
  private Expansion() {}

  /**
   * Expands a text.
   *
   * @param variables gives the value of a name, or null
   */
  public static String expand(String text, Function<String, @Nullable String> variables) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 16);
    int at = 0;
    while (at < text.length()) {
      char each = text.charAt(at);
      if (each != '$' || at + 1 == text.length()) {
        result.append(each);
        at++;
      } else {
        at = reference(text, at, variables, result);
      }
    }
    return result.toString();
  }

  /** Reads what follows the dollar sign at {@code at}; returns where to go on. */
  private static int reference(
      String text, int at, Function<String, @Nullable String> variables, StringBuilder result) {
    char next = text.charAt(at + 1);
    if (next == '$') {
      result.append('$');
      return at + 2;
    }
    int end = next == '(' ? text.indexOf(')', at + 2) : -1;
    if (end < 0) {
      result.append('$').append(next);
      return at + 2;
    }
    String value = variables.apply(text.substring(at + 2, end));
    result.append(value == null ? text.substring(at, end + 1) : value);
    return end + 1;
  }
}
