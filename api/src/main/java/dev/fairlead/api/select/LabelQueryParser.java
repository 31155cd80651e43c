package dev.fairlead.api.select;

import dev.fairlead.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the query form of a label selector, one term at a time, with upstream's grammar. */
final class LabelQueryParser {
  private final LabelTokens tokens;

  private LabelQueryParser(String query) {
    this.tokens = LabelTokens.of(query);
  }

  static LabelSelector parse(String query) {
    LabelQueryParser parser = new LabelQueryParser(query);
    return parser.tokens.atEnd() ? LabelSelector.EVERYTHING : parser.selector();
  }

  private LabelSelector selector() {
    requireTerm("found '%s', expected: !, identifier, or 'end of string'");
    List<Requirement> requirements = new ArrayList<>();
    while (true) {
      try {
        requirements.add(requirement());
      } catch (IllegalArgumentException e) {
        throw ApiException.badRequest("unable to parse requirement: " + e.getMessage());
      }
      String token = tokens.next();
      if (token.isEmpty()) {
        return new LabelSelector(requirements, false);
      }
      if (!token.equals(",")) {
        throw ApiException.badRequest(
            "found '%s', expected: ',' or 'end of string'".formatted(token));
      }
      requireTerm("found '%s', expected: identifier after ','");
    }
  }

  private void requireTerm(String message) {
    if (!tokens.peek().equals("!") && !LabelTokens.isWord(tokens.peek())) {
      throw ApiException.badRequest(message.formatted(tokens.peek()));
    }
  }

  private Requirement requirement() {
    boolean negated = tokens.peek().equals("!");
    if (negated) {
      tokens.next();
    }
    String key = word();
    requireKey(key);
    if (tokens.atEnd() || tokens.peek().equals(",")) {
      return Requirement.checked(
          key, negated ? Requirement.Operator.NOT_EXISTS : Requirement.Operator.EXISTS, Set.of());
    }
    if (negated) {
      // Upstream forgets the negation here and reads on; we would rather not guess.
      throw new IllegalArgumentException(
          "found '%s', expected: ',' or 'end of string'".formatted(tokens.peek()));
    }
    String operator = tokens.next();
    return switch (operator) {
      case "in" -> Requirement.checked(key, Requirement.Operator.IN, values());
      case "notin" -> Requirement.checked(key, Requirement.Operator.NOT_IN, values());
      case "=", "==" -> Requirement.checked(key, Requirement.Operator.IN, value());
      case "!=" -> Requirement.checked(key, Requirement.Operator.NOT_IN, value());
      case ">" -> Requirement.checked(key, Requirement.Operator.GREATER_THAN, value());
      case "<" -> Requirement.checked(key, Requirement.Operator.LESS_THAN, value());
      default ->
          throw new IllegalArgumentException(
              "found '%s', expected: in, notin, =, ==, !=, gt, lt".formatted(operator));
    };
  }

  private static void requireKey(String key) {
    List<String> errors = LabelSyntax.keyErrors(key);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          "<nil>: Invalid value: \"%s\": %s".formatted(key, String.join("; ", errors)));
    }
  }

  private String word() {
    String token = tokens.next();
    if (!LabelTokens.isWord(token)) {
      throw new IllegalArgumentException("found '%s', expected: identifier".formatted(token));
    }
    return token;
  }

  private Set<String> value() {
    return Set.of(tokens.atEnd() || tokens.peek().equals(",") ? "" : word());
  }

  /** {@code (a, b)}; an empty place stands for the empty value. */
  private Set<String> values() {
    String open = tokens.next();
    if (!open.equals("(")) {
      throw new IllegalArgumentException("found '%s' expected: '('".formatted(open));
    }
    Set<String> values = new TreeSet<>();
    for (boolean first = true; ; first = false) {
      boolean word = LabelTokens.isWord(tokens.peek());
      values.add(word ? tokens.next() : "");
      String token = tokens.next();
      if (token.equals(")")) {
        return values;
      }
      if (!token.equals(",")) {
        throw new IllegalArgumentException(
            "found '%s', expected: %s".formatted(token, expected(first, word)));
      }
    }
  }

  private static String expected(boolean first, boolean afterWord) {
    if (afterWord) {
      return "',' or ')'";
    }
    return first ? "',', ')' or identifier" : "',', or identifier";
  }
}
