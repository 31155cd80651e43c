package dev.fairlead.api.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts the query form of a label selector into tokens, as upstream's lexer does: special symbols,
 * and words of everything else. An empty token ends the list.
 */
final class LabelTokens {
  private static final String SPECIAL = "=!(),<>";
  private static final Set<String> SYMBOLS = Set.of(")", ",", "!", "==", "=", ">", "<", "!=", "(");

  private final List<String> tokens;
  private int at;

  private LabelTokens(List<String> tokens) {
    this.tokens = tokens;
  }

  static LabelTokens of(String query) {
    List<String> tokens = new ArrayList<>();
    int at = 0;
    while (at < query.length()) {
      char c = query.charAt(at);
      int end = at + 1;
      if (SPECIAL.indexOf(c) >= 0) {
        if (end < query.length() && SYMBOLS.contains(query.substring(at, end + 1))) {
          end++;
        }
        tokens.add(query.substring(at, end));
      } else if (!isBlank(c)) {
        while (end < query.length()
            && !isBlank(query.charAt(end))
            && SPECIAL.indexOf(query.charAt(end)) < 0) {
          end++;
        }
        tokens.add(query.substring(at, end));
      }
      at = end;
    }
    tokens.add("");
    return new LabelTokens(tokens);
  }

  String peek() {
    return tokens.get(at);
  }

  String next() {
    return at < tokens.size() - 1 ? tokens.get(at++) : "";
  }

  boolean atEnd() {
    return peek().isEmpty();
  }

  static boolean isWord(String token) {
    return !token.isEmpty() && SPECIAL.indexOf(token.charAt(0)) < 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
