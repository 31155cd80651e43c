package dev.fairlead.kuard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Just enough JSON (RFC 8259): text to maps, lists, strings, numbers, booleans and null, and back.
 */
final class Json {
  private static final int DEPTH_MAX = 20;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Parses an object.
   *
   * @throws IllegalArgumentException when the text is not one JSON object
   */
  static Map<?, ?> object(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    json.space();
    if (json.at != text.length()) {
      throw json.wrong("text after the end");
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw json.wrong("expected an object");
  }

  /** Encodes maps, lists, strings, numbers, booleans and null. */
  static String text(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private @Nullable Object value(int depth) {
    space();
    if (depth > DEPTH_MAX) {
      throw wrong("nested too deep");
    }
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    while (!skip('}')) {
      if (!map.isEmpty()) {
        expect(',');
      }
      space();
      String key = string();
      expect(':');
      map.put(key, value(depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    while (!skip(']')) {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(value(depth + 1));
    }
    return list;
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw wrong("expected a string");
    }
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      if (c < ' ') {
        break;
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw wrong("unfinished string");
  }

  private char escaped() {
    char c = ++at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("unknown escape");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = ++at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw wrong("unknown escape");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("expected a value");
    }
    at += word.length();
    return value;
  }

  private Number number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("invalid JSON: expected a value at offset " + start, e);
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    space();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw wrong("expected '" + c + "'");
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("invalid JSON: " + what + " at offset " + at);
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> writeMap(map, out);
      case List<?> list -> writeList(list, out);
      case Number number -> out.append(number);
      case Boolean bool -> out.append(bool);
      default -> writeString(value.toString(), out);
    }
  }

  private static void writeMap(Map<?, ?> map, StringBuilder out) {
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      writeString(String.valueOf(entry.getKey()), out);
      out.append(':');
      write(entry.getValue(), out);
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private static void writeList(List<?> list, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      out.append(i == 0 ? "" : ",");
      write(list.get(i), out);
    }
    out.append(']');
  }

  /** Escapes what HTML reads too, so that the text may stand inside a script element. */
  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
