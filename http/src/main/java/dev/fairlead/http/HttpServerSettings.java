package dev.fairlead.http;

import java.time.Duration;

/**
 * The bounds of one {@link HttpServer}.
 *
 * @param headerBytesMax all header fields together; the request line has the same bound of its own
 * @param headersMax number of header fields
 * @param bodyBytesMax reading past it throws {@link BodyTooLargeException}
 * @param headerTimeout from the first byte of a request (or the connection's start) to the end of
 *     its headers
 * @param idleTimeout a connection without a request, a body that does not arrive, and a peer that
 *     does not read are given up after this long; a body that drips, after waiting for twice as
 *     long in all
 * @param connectionsMax further connections are closed at once
 * @param streamsMax concurrent HTTP/2 streams per connection
 * @param threads event loops; handlers run on virtual threads and do not count
 */
public record HttpServerSettings(
    int headerBytesMax,
    int headersMax,
    long bodyBytesMax,
    Duration headerTimeout,
    Duration idleTimeout,
    int connectionsMax,
    int streamsMax,
    int threads) {

  /** 64 KiB of headers, 3 MiB of body, as the API server of upstream takes them. */
  public static final HttpServerSettings DEFAULT =
      new HttpServerSettings(
          64 * 1024,
          256,
          3L * 1024 * 1024,
          Duration.ofSeconds(32),
          Duration.ofSeconds(90),
          16_384,
          250,
          1);

  private static final Duration UPGRADED_IDLE = Duration.ofHours(4);

  public HttpServerSettings {
    if (headerBytesMax < 1
        || headersMax < 1
        || bodyBytesMax < 0
        || headerTimeout.toMillis() < 1
        || idleTimeout.toMillis() < 1
        || connectionsMax < 1
        || streamsMax < 1
        || threads < 1) {
      throw new IllegalArgumentException("every bound of an HTTP server is positive");
    }
  }

  /** An upgraded connection without a byte in either direction is closed after this long. */
  public Duration upgradedIdleTimeout() {
    return UPGRADED_IDLE;
  }

  /** The same with another bound on bodies. */
  public HttpServerSettings withBodyBytesMax(long bytes) {
    return new HttpServerSettings(
        headerBytesMax,
        headersMax,
        bytes,
        headerTimeout,
        idleTimeout,
        connectionsMax,
        streamsMax,
        threads);
  }

  /** The same with other timeouts. */
  public HttpServerSettings withTimeouts(Duration header, Duration idle) {
    return new HttpServerSettings(
        headerBytesMax,
        headersMax,
        bodyBytesMax,
        header,
        idle,
        connectionsMax,
        streamsMax,
        threads);
  }

  /** The same with another bound on connections. */
  public HttpServerSettings withConnectionsMax(int connections) {
    return new HttpServerSettings(
        headerBytesMax,
        headersMax,
        bodyBytesMax,
        headerTimeout,
        idleTimeout,
        connections,
        streamsMax,
        threads);
  }
}
