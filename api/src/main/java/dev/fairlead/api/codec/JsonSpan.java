package dev.fairlead.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a value lies in encoded JSON, so that it can be copied or exchanged as bytes: much less
 * work than to encode it once more. The bytes are trusted: they were parsed, or written by {@link
 * Json}.
 *
 * @param start of the value's first byte
 * @param end after its last byte
 */
public record JsonSpan(int start, int end) {

  /** The value of a key of the outermost object; null when it has no such key. */
  public static @Nullable JsonSpan find(byte[] json, String key) {
    return new JsonSpan(0, json.length).member(json, key);
  }

  /**
   * The value of a key of the object that lies here; null when it has no such key, or this is no
   * object.
   *
   * @param key plain ASCII that needs no escapes
   */
  public @Nullable JsonSpan member(byte[] json, String key) {
    byte[] wanted = key.getBytes(StandardCharsets.US_ASCII);
    int at = spaces(json, start);
    if (json[at] != '{') {
      return null;
    }
    at = spaces(json, at + 1);
    while (json[at] == '"') {
      int keyEnd = string(json, at);
      int value = spaces(json, spaces(json, keyEnd) + 1);
      int valueEnd = value(json, value);
      if (Arrays.equals(json, at + 1, keyEnd - 1, wanted, 0, wanted.length)) {
        return new JsonSpan(value, valueEnd);
      }
      at = spaces(json, valueEnd);
      at = json[at] == ',' ? spaces(json, at + 1) : at;
    }
    return null;
  }

  /** Whether an object or array that lies here has nothing in it. */
  public boolean isEmpty(byte[] json) {
    return spaces(json, start + 1) == end - 1;
  }

  /** These bytes with others in the place of this span. */
  public byte[] replaced(byte[] json, byte[] by) {
    byte[] all = new byte[json.length - (end - start) + by.length];
    System.arraycopy(json, 0, all, 0, start);
    System.arraycopy(by, 0, all, start, by.length);
    System.arraycopy(json, end, all, start + by.length, json.length - end);
    return all;
  }

  private static int spaces(byte[] json, int from) {
    int at = from;
    while (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t') {
      at++;
    }
    return at;
  }

  /** The end of a value that begins here. */
  private static int value(byte[] json, int from) {
    return switch (json[from]) {
      case '"' -> string(json, from);
      case '{', '[' -> nested(json, from);
      default -> literal(json, from);
    };
  }

  /** The end of a string, after its closing quote. */
  private static int string(byte[] json, int from) {
    int at = from + 1;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int nested(byte[] json, int from) {
    int depth = 0;
    int at = from;
    do {
      switch (json[at]) {
        case '"' -> at = string(json, at) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0);
    return at;
  }

  private static int literal(byte[] json, int from) {
    int at = from;
    while (json[at] > ' ' && json[at] != ',' && json[at] != '}' && json[at] != ']') {
      at++;
    }
    return at;
  }
}
