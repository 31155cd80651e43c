package dev.fairlead.apiserver.front;

import dev.fairlead.http.HttpExchange.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Warning} headers (RFC 7234, 5.5), bounded as upstream's ({@code
 * endpoints/filters/warning.go}): when the texts are long together, each is cut short, and those
 * that still do not fit are left out.
 */
final class WarningHeaders {
  private static final int TOTAL_CODE_POINTS_MAX = 4 * 1024;
  private static final int CUT_CODE_POINTS = 256;

  private WarningHeaders() {}

  static List<Header> of(List<String> texts) {
    List<String> sendable = texts.stream().filter(WarningHeaders::sendable).toList();
    int total = sendable.stream().mapToInt(WarningHeaders::length).sum();
    return total <= TOTAL_CODE_POINTS_MAX
        ? sendable.stream().map(WarningHeaders::header).toList()
        : cut(sendable);
  }

  private static List<Header> cut(List<String> texts) {
    List<Header> headers = new ArrayList<>();
    int written = 0;
    for (String text : texts) {
      if (written >= TOTAL_CODE_POINTS_MAX) {
        break;
      }
      String shown =
          length(text) > CUT_CODE_POINTS
              ? text.substring(0, text.offsetByCodePoints(0, CUT_CODE_POINTS))
              : text;
      headers.add(header(shown));
      written += length(shown);
    }
    return headers;
  }

  private static Header header(String text) {
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return new Header("Warning", "299 - \"" + quoted + "\"");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A header cannot hold control characters; upstream drops such a text as well. */
  private static boolean sendable(String text) {
    return text.codePoints().noneMatch(Character::isISOControl);
  }
}
