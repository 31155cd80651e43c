package dev.fairlead.kuard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one page with its tabs, and the files it loads. */
final class Pages {
  private final Identity identity;
  private final String template;

  Pages(Identity identity) {
    this.identity = identity;
    this.template = new String(resource("index.html"), StandardCharsets.UTF_8);
  }

  void page(HttpExchange exchange) throws IOException {
    Map<String, Object> context = context(exchange);
    String page =
        template
            .replace("{{version}}", escape(identity.version()))
            .replace("{{color}}", identity.color())
            .replace("{{hostname}}", escape(identity.hostname()))
            .replace("{{addresses}}", escape(String.join(", ", Identity.addresses())))
            .replace("{{requestAddr}}", escape(peer(exchange)))
            .replace("{{requestProto}}", escape(exchange.getProtocol()))
            .replace("{{requestDump}}", escape(dump(exchange)))
            .replace("{{pageContext}}", Json.text(context));
    Http.send(exchange, 200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** The keys that kuard's page has. */
  private Map<String, Object> context(HttpExchange exchange) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("hostname", identity.hostname());
    context.put("addrs", Identity.addresses());
    context.put("version", identity.version());
    context.put("versionColor", identity.color());
    context.put("requestDump", dump(exchange));
    context.put("requestProto", exchange.getProtocol());
    context.put("requestAddr", peer(exchange));
    return context;
  }

  static void file(HttpExchange exchange, String name, String type) throws IOException {
    Http.send(exchange, 200, type, resource(name));
  }

  static String peer(HttpExchange exchange) {
    return exchange.getRemoteAddress().getAddress().getHostAddress()
        + ":"
        + exchange.getRemoteAddress().getPort();
  }

  private static String dump(HttpExchange exchange) {
    StringBuilder dump = new StringBuilder();
    dump.append(exchange.getRequestMethod())
        .append(' ')
        .append(exchange.getRequestURI())
        .append(' ')
        .append(exchange.getProtocol());
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            values.forEach(
                value -> dump.append('\n').append(usual(name)).append(": ").append(value)));
    return dump.toString();
  }

  /** A header's name as it is usually written; the JDK's server keeps only one capital. */
  private static String usual(String name) {
    StringBuilder usual = new StringBuilder(name);
    for (int i = 1; i < name.length(); i++) {
      if (name.charAt(i - 1) == '-') {
        usual.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    return usual.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static byte[] resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing from the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the resource " + name, e);
    }
  }
}
