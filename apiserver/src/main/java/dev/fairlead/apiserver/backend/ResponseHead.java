package dev.fairlead.apiserver.backend;

import dev.fairlead.http.HttpExchange.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The status and the header fields of an answer (RFC 9112).
 *
 * @param headers in order, with the names as sent
 */
public record ResponseHead(int status, List<Header> headers) {
  private static final int BYTES_MAX = 64 * 1024;
  private static final int HEADERS_MAX = 256;

  public ResponseHead {
    headers = List.copyOf(headers);
  }

  /** Reads one head, byte by byte, so that nothing of the body is taken. */
  static ResponseHead read(InputStream in) throws IOException {
    List<String> lines = text(in).lines().toList();
    List<Header> headers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0 && headers.size() < HEADERS_MAX) {
        headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
      }
    }
    return new ResponseHead(status(lines.getFirst()), headers);
  }

  /** The values of all fields of this name. */
  public List<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /** The first value of this name; empty when there is none. */
  public String first(String name) {
    return values(name).stream().findFirst().orElse("");
  }

  /** Whether the body comes in chunks. */
  boolean chunked() {
    return first("Transfer-Encoding").toLowerCase(Locale.ROOT).endsWith("chunked");
  }

  private static String text(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 2) {
      int each = in.read();
      if (each < 0) {
        throw new EOFException("EOF");
      }
      if (head.size() == BYTES_MAX) {
        throw new IOException("the answer's head has no end");
      }
      head.write(each);
      ends = each == '\n' ? ends + 1 : each == '\r' ? ends : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length > 1 && words[0].startsWith("HTTP/1.") && words[1].matches("[1-5][0-9][0-9]")) {
      return Integer.parseInt(words[1]);
    }
    throw new IOException("malformed HTTP response \"" + line + "\"");
  }
}
