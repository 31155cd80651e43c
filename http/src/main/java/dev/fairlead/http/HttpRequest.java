package dev.fairlead.http;

import java.io.InputStream;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path decoded, without the query
 * @param rawPath as sent, without the query
 * @param rawQuery as sent, without the question mark; empty when there is none
 * @param query decoded parameters in order of appearance
 * @param headers names in lower case
 * @param body bounded by the server's setting: reading past the bound throws {@link
 *     BodyTooLargeException}
 * @param client what the client has shown of itself in the TLS handshake
 */
public record HttpRequest(
    String method,
    String path,
    String rawPath,
    String rawQuery,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    InputStream body,
    SocketAddress remote,
    ClientCertificate client) {

  /** The first value of a query parameter, or null. */
  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /**
   * Whether a query parameter is set, as the Kubernetes API reads them: one without a value is, and
   * so is any value but {@code 0} and {@code false}, in whatever case.
   */
  public boolean flag(String name) {
    String value = parameter(name);
    return value != null && !value.equals("0") && !value.equalsIgnoreCase("false");
  }

  /** The first value of a header, or null. {@code name} is in lower case. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
