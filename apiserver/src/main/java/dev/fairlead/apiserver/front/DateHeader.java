package dev.fairlead.apiserver.front;

import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpHandler;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Adds {@code Date} to every answer of another handler (RFC 9110, section 6.6.1). */
public final class DateHeader implements HttpHandler {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final HttpHandler handler;
  private final InstantSource clock;

  /** That handler, with the dates of this clock. */
  public DateHeader(HttpHandler handler, InstantSource clock) {
    this.handler = handler;
    this.clock = clock;
  }

  /** A time as HTTP writes it, to the second. */
  public static String format(Instant time) {
    return FORMAT.format(time);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException, InterruptedException {
    handler.handle(new Dated(exchange, clock));
  }

  private record Dated(HttpExchange exchange, InstantSource clock) implements HttpExchange {
    @Override
    public HttpRequest request() {
      return exchange.request();
    }

    @Override
    public void respond(int status, List<Header> headers, byte[] body) throws IOException {
      exchange.respond(status, dated(headers), body);
    }

    @Override
    public OutputStream stream(int status, List<Header> headers) throws IOException {
      return exchange.stream(status, dated(headers));
    }

    @Override
    public Duplex upgrade(List<Header> headers) throws IOException {
      return exchange.upgrade(dated(headers));
    }

    @Override
    public void onClose(Runnable action) {
      exchange.onClose(action);
    }

    private List<Header> dated(List<Header> headers) {
      List<Header> all = new ArrayList<>(headers);
      all.add(new Header("Date", format(clock.instant())));
      return all;
    }
  }
}
