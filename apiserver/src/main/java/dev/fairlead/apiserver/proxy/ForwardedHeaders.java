package dev.fairlead.apiserver.proxy;

import dev.fairlead.apiserver.backend.ResponseHead;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which header fields pass a proxy (RFC 9110, section 7.6.1), and which it adds; pure. What the
 * client proved to the API server is not the backend's to see, and the backend's rules for other
 * origins would be rules for the API server's.
 */
final class ForwardedHeaders {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");
  private static final Set<String> OURS =
      Set.of("authorization", "host", "content-length", "x-forwarded-for", "x-forwarded-uri");

  /** What the transport notes about a request that came over HTTP/2. */
  private static final String HTTP2 = "x-http2-";

  private static final Set<String> OTHER_ORIGINS =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-allow-origin");

  private ForwardedHeaders() {}

  /** The fields that the backend is sent, without those that frame the body. */
  static List<Header> request(HttpRequest request, ProxyPath path, String backend) {
    Set<String> dropped = dropped(request.headers().getOrDefault("connection", List.of()));
    List<Header> headers = new ArrayList<>();
    String host = request.header("host");
    headers.add(new Header("Host", host == null ? backend : host));
    for (Map.Entry<String, List<String>> each : request.headers().entrySet()) {
      String name = each.getKey();
      if (!dropped.contains(name) && !OURS.contains(name) && !name.startsWith(HTTP2)) {
        each.getValue().forEach(value -> headers.add(new Header(canonical(name), value)));
      }
    }
    headers.add(new Header("X-Forwarded-Uri", path.prefix() + path.rest()));
    headers.add(new Header("X-Forwarded-For", forwardedFor(request)));
    return headers;
  }

  /** The fields that the client gets, without those that frame the body. */
  static List<Header> response(ResponseHead head, Links links) {
    Set<String> dropped = dropped(head.values("Connection"));
    List<Header> headers = new ArrayList<>();
    for (Header each : head.headers()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (dropped.contains(name) || OTHER_ORIGINS.contains(name) || name.equals("content-length")) {
        continue;
      }
      headers.add(
          name.equals("location") ? new Header(each.name(), links.rewrite(each.value())) : each);
    }
    return headers;
  }

  private static Set<String> dropped(List<String> connection) {
    Set<String> dropped = new HashSet<>(HOP_BY_HOP);
    for (String value : connection) {
      for (String name : value.split(",", -1)) {
        dropped.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return dropped;
  }

  private static String forwardedFor(HttpRequest request) {
    String client =
        request.remote() instanceof InetSocketAddress address && address.getAddress() != null
            ? address.getAddress().getHostAddress()
            : "unknown";
    List<String> before = request.headers().getOrDefault("x-forwarded-for", List.of());
    return before.isEmpty() ? client : String.join(", ", before) + ", " + client;
  }

  /** HTTP/2 has names in lower case only; backends of HTTP/1.1 are used to capitals. */
  private static String canonical(String name) {
    StringBuilder canonical = new StringBuilder(name.length());
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      canonical.append(first ? Character.toUpperCase(each) : each);
      first = each == '-';
    }
    return canonical.toString();
  }
}
