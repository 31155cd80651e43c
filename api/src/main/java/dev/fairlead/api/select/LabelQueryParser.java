package dev.fairlead.api.select;

import dev.fairlead.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the query form of a label selector, one term at a time. */
final class LabelQueryParser {
  private final String query;
  private int at;

  private LabelQueryParser(String query) {
    this.query = query;
  }

  static LabelSelector parse(String query) {
    if (query.isBlank()) {
      return LabelSelector.EVERYTHING;
    }
    LabelQueryParser parser = new LabelQueryParser(query);
    List<Requirement> requirements = new ArrayList<>();
    do {
      requirements.add(parser.requirement());
    } while (parser.skip(","));
    parser.end();
    return new LabelSelector(requirements, false);
  }

  private Requirement requirement() {
    if (skip("!")) {
      return new Requirement(word(), Requirement.Operator.NOT_EXISTS, Set.of());
    }
    String key = word();
    if (key.isEmpty()) {
      throw error("expected a label key");
    }
    if (skip("!=")) {
      return one(key, Requirement.Operator.NOT_IN);
    }
    if (skip("==") || skip("=")) {
      return one(key, Requirement.Operator.IN);
    }
    if (skip(">")) {
      return one(key, Requirement.Operator.GREATER_THAN);
    }
    if (skip("<")) {
      return one(key, Requirement.Operator.LESS_THAN);
    }
    int before = at;
    return switch (word()) {
      case "in" -> new Requirement(key, Requirement.Operator.IN, values());
      case "notin" -> new Requirement(key, Requirement.Operator.NOT_IN, values());
      case "" -> new Requirement(key, Requirement.Operator.EXISTS, Set.of());
      default -> {
        at = before;
        throw error("found '%s', expected: in, notin, =, ==, !=, gt, lt".formatted(word()));
      }
    };
  }

  private Requirement one(String key, Requirement.Operator operator) {
    return new Requirement(key, operator, Set.of(word()));
  }

  private Set<String> values() {
    if (!skip("(")) {
      throw error("expected: '('");
    }
    Set<String> values = new TreeSet<>();
    do {
      values.add(word());
    } while (skip(","));
    if (!skip(")")) {
      throw error("expected: ',' or ')'");
    }
    return values;
  }

  private String word() {
    blanks();
    int start = at;
    while (at < query.length() && " \t,()=!<>".indexOf(query.charAt(at)) < 0) {
      at++;
    }
    return query.substring(start, at);
  }

  private boolean skip(String token) {
    blanks();
    boolean found = query.startsWith(token, at);
    if (found) {
      at += token.length();
    }
    return found;
  }

  private void blanks() {
    while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
      at++;
    }
  }

  private void end() {
    blanks();
    if (at < query.length()) {
      throw error("found '%s', expected: ',' or end of string".formatted(query.substring(at)));
    }
  }

  private static ApiException error(String why) {
    return ApiException.badRequest("unable to parse requirement: " + why);
  }
}
