package dev.fairlead.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http2.HttpConversionUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes our requests of Netty's. */
final class Requests {
  private static final int PARAMETERS_MAX = 1024;

  private Requests() {}

  /**
   * One request.
   *
   * @throws IllegalArgumentException when the target is not acceptable
   */
  static HttpRequest of(
      Channel connection,
      io.netty.handler.codec.http.HttpRequest message,
      Inlet body,
      ClientCertificate client) {
    QueryStringDecoder target =
        new QueryStringDecoder(
            relative(message.uri()), StandardCharsets.UTF_8, true, PARAMETERS_MAX, true);
    return new HttpRequest(
        message.method().name(),
        target.path(),
        target.rawPath(),
        target.rawQuery(),
        target.parameters(),
        headers(message),
        body,
        connection.remoteAddress(),
        client);
  }

  private static String relative(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    if (scheme > 0) {
      return slash < 0 ? "/" : uri.substring(slash);
    }
    if (uri.equals("*")) {
      return uri;
    }
    throw new IllegalArgumentException("the request target is neither a path nor a URL");
  }

  private static Map<String, List<String>> headers(
      io.netty.handler.codec.http.HttpRequest message) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    message
        .headers()
        .forEach(header -> {
          String name = header.getKey().toLowerCase(Locale.ROOT);
          if (!name.equals(HttpConversionUtil.ExtensionHeaderNames.STREAM_ID.text().toString())) {
            headers.computeIfAbsent(name, any -> new ArrayList<>(1)).add(header.getValue());
          }
        });
    return headers;
  }
}
