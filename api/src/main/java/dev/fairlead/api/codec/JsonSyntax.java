package dev.fairlead.api.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the first syntax error in JSON bytes and words it as Go's decoder does, since that is what
 * users of Kubernetes know. Runs only on bytes that were already rejected.
 */
final class JsonSyntax {
  static final String UNEXPECTED_END = "unexpected end of JSON input";

  private final byte[] json;
  private int at;

  private JsonSyntax(byte[] json) {
    this.json = json;
  }

  static void requireUtf8(byte[] json) throws MalformedException {
    if (json.length >= 3
        && json[0] == (byte) 0xEF
        && json[1] == (byte) 0xBB
        && json[2] == (byte) 0xBF) {
      throw new MalformedException("invalid character 'ï' looking for beginning of value");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw new MalformedException("invalid UTF-8 in JSON input");
    }
  }

  /** Half a surrogate pair becomes U+FFFD, as in Go; it could not be encoded again. */
  static String wellFormed(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** What is wrong, or {@code otherwise} when the syntax alone is fine. */
  static String explain(byte[] json, String otherwise) {
    JsonSyntax scanner = new JsonSyntax(json);
    try {
      scanner.value(0);
      scanner.blanks();
      if (scanner.at < json.length) {
        throw scanner.unexpected("after top-level value");
      }
      return otherwise;
    } catch (MalformedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void value(int depth) throws MalformedException {
    if (depth > Json.DEPTH_MAX) {
      throw new MalformedException("exceeded max depth");
    }
    blanks();
    switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected("looking for beginning of value");
    }
  }

  private void object(int depth) throws MalformedException {
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      blanks();
      if (peek() != '"') {
        throw unexpected("looking for beginning of object key string");
      }
      string();
      blanks();
      expect(':', "after object key");
      value(depth + 1);
      blanks();
      if (peek() == '}') {
        at++;
        return;
      }
      expect(',', "after object key:value pair");
    }
  }

  private void array(int depth) throws MalformedException {
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value(depth + 1);
      blanks();
      if (peek() == ']') {
        at++;
        return;
      }
      expect(',', "after array element");
    }
  }

  private void string() throws MalformedException {
    at++;
    while (peek() != '"') {
      if (peek() < 0x20) {
        throw unexpected("in string literal");
      }
      if (peek() == '\\') {
        at++;
        escape();
      } else {
        at++;
      }
    }
    at++;
  }

  private void escape() throws MalformedException {
    if (peek() != 'u') {
      if ("bfnrt\\/\"".indexOf(peek()) < 0) {
        throw unexpected("in string escape code");
      }
      at++;
      return;
    }
    at++;
    for (int i = 0; i < 4; i++) {
      if (Character.digit(peek(), 16) < 0) {
        throw unexpected("in \\u hexadecimal character escape");
      }
      at++;
    }
  }

  private void number() throws MalformedException {
    if (peek() == '-') {
      at++;
      requireDigit("in numeric literal");
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < json.length && json[at] == '.') {
      at++;
      requireDigit("after decimal point in numeric literal");
      digits();
    }
    if (at < json.length && (json[at] == 'e' || json[at] == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      requireDigit("in exponent of numeric literal");
      digits();
    }
  }

  private void requireDigit(String where) throws MalformedException {
    if (peek() < '0' || peek() > '9') {
      throw unexpected(where);
    }
  }

  private void digits() {
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
  }

  private void literal(String word) throws MalformedException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i), "in literal %s (expecting '%s')".formatted(word, word.charAt(i)));
    }
  }

  private void expect(char wanted, String where) throws MalformedException {
    if (peek() != wanted) {
      throw unexpected(where);
    }
    at++;
  }

  private void blanks() {
    while (at < json.length && " \t\r\n".indexOf(json[at]) >= 0) {
      at++;
    }
  }

  private int peek() throws MalformedException {
    if (at >= json.length) {
      throw new MalformedException(UNEXPECTED_END);
    }
    return json[at] & 0xFF;
  }

  private MalformedException unexpected(String where) throws MalformedException {
    return new MalformedException("invalid character %s %s".formatted(quoted(peek()), where));
  }

  private static String quoted(int c) {
    return switch (c) {
      case '\'' -> "'\\''";
      case '\\' -> "'\\\\'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      case '\t' -> "'\\t'";
      default -> c < 0x20 || c == 0x7F ? "'\\x%02x'".formatted(c) : "'" + (char) c + "'";
    };
  }
}
