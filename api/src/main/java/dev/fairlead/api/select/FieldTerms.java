package dev.fairlead.api.select;

import dev.fairlead.api.ApiException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the query form of a field selector; backslash escapes in values. */
final class FieldTerms {
  private FieldTerms() {}

  /** The terms in the order of their text, as upstream reads them. */
  static List<FieldSelector.Term> parse(String query) {
    return split(query).stream()
        .filter(text -> !text.isEmpty())
        .sorted()
        .map(text -> term(text, query))
        .toList();
  }

  private static List<String> split(String query) {
    List<String> texts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < query.length(); at++) {
      if (query.charAt(at) == '\\') {
        at++;
      } else if (query.charAt(at) == ',') {
        texts.add(query.substring(start, at));
        start = at + 1;
      }
    }
    texts.add(query.substring(start));
    return texts;
  }

  private static FieldSelector.Term term(String term, String query) {
    for (int at = 0; at < term.length(); at++) {
      if (term.startsWith("!=", at)) {
        return new FieldSelector.Term(
            term.substring(0, at), false, unescaped(term.substring(at + 2)));
      }
      if (term.charAt(at) == '=') {
        int value = at + (term.startsWith("==", at) ? 2 : 1);
        return new FieldSelector.Term(
            term.substring(0, at), true, unescaped(term.substring(value)));
      }
    }
    throw ApiException.badRequest(
        "invalid selector: '%s'; can't understand '%s'".formatted(query, term));
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder(value.length());
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '=') {
        throw ApiException.badRequest(
            "invalid field selector: unescaped character in value: %d".formatted((int) c));
      }
      if (c == '\\') {
        at++;
        if (at == value.length() || "\\,=".indexOf(value.charAt(at)) < 0) {
          throw ApiException.badRequest(
              "invalid field selector: invalid escape sequence: %s"
                  .formatted(value.substring(at - 1, Math.min(at + 1, value.length()))));
        }
        c = value.charAt(at);
      }
      text.append(c);
    }
    return text.toString();
  }

  static String escaped(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }
}
