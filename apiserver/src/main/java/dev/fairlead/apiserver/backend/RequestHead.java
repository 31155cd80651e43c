package dev.fairlead.apiserver.backend;

import dev.fairlead.http.HttpExchange.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The request line and the header fields of one request.
 *
 * @param target path and query, encoded
 * @param headers all of them, {@code Host} too
 */
public record RequestHead(String method, String target, List<Header> headers) {

  public RequestHead {
    headers = List.copyOf(headers);
    headers.forEach(header -> {
      requireOneLine(header.name());
      requireOneLine(header.value());
    });
    requireOneLine(method);
    requireOneLine(target);
  }

  private static void requireOneLine(String text) {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a line break within a line of a request");
    }
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder(256);
    text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    for (Header header : headers) {
      text.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
