package dev.fairlead.api.codec;

/** Texts as Go sees and writes them, for messages that upstream makes with it. */
public final class GoQuote {
  private GoQuote() {}

  /** Between double quotes, as {@code %q} writes it (Go: {@code strconv.Quote}). */
  public static String of(String text) {
    StringBuilder result = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(each -> append(each, result));
    return result.append('"').toString();
  }

  private static void append(int each, StringBuilder to) {
    switch (each) {
      case '"' -> to.append("\\\"");
      case '\\' -> to.append("\\\\");
      case 7 -> to.append("\\a");
      case '\b' -> to.append("\\b");
      case '\f' -> to.append("\\f");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case 11 -> to.append("\\v");
      default -> {
        if (isPrintable(each)) {
          to.appendCodePoint(each);
        } else if (each < 0x80) {
          to.append("\\x%02x".formatted(each));
        } else {
          to.append((each > 0xffff ? "\\U%08x" : "\\u%04x").formatted(each));
        }
      }
    }
  }

  /** What one sees, and the space (Go: {@code unicode.IsPrint}). */
  public static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }
}
