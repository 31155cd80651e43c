package dev.fairlead.tests.fuzz;

import dev.fairlead.http.ClientCertificate;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Duplex;
import dev.fairlead.http.HttpRequest;
import dev.fairlead.http.spdy.SpdyConnection;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.StreamConnection;
import dev.fairlead.http.websocket.ChannelConnection;
import dev.fairlead.http.websocket.Handshake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Connections whose peer says the input and leaves: they end, and so does whoever reads them. */
final class StreamFuzz {
  private static final long PATIENCE_SECONDS = 20;

  private StreamFuzz() {}

  static void spdy(byte[] input) throws Exception {
    drain(SpdyConnection.start(new Said(input)));
  }

  static void webSocket(byte[] input) throws Exception {
    drain(
        ChannelConnection.start(
            Handshake.accept(new Upgraded(new Said(input)), "v5.channel.k8s.io"),
            List.of(Map.of(), Map.of(), Map.of()),
            true));
  }

  private static void drain(StreamConnection connection) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    connection.onEnd(ended::countDown);
    for (ByteStream stream = connection.accept(); stream != null; stream = connection.accept()) {
      ByteStream next = stream;
      Thread.ofVirtual().start(() -> read(next.in()));
    }
    Findings.require(
        ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "the end of the connection", connection);
    connection.close();
  }

  private static void read(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      Thread.yield(); // The peer has left in the middle.
    }
  }

  /** A peer that has said all. */
  private record Said(InputStream in, OutputStream out) implements Duplex {
    Said(byte[] input) {
      this(new ByteArrayInputStream(input), OutputStream.nullOutputStream());
    }

    @Override
    public void onClose(Runnable action) {}

    @Override
    public void close() {}
  }

  /** A request that has been upgraded to this connection. */
  private record Upgraded(Duplex duplex) implements HttpExchange {
    @Override
    public HttpRequest request() {
      return new HttpRequest(
          "GET",
          "/",
          "/",
          "",
          Map.of(),
          Map.of("sec-websocket-key", List.of("AAAAAAAAAAAAAAAAAAAAAA==")),
          InputStream.nullInputStream(),
          new java.net.InetSocketAddress(0),
          ClientCertificate.NONE);
    }

    @Override
    public void respond(int status, List<Header> headers, byte[] body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public OutputStream stream(int status, List<Header> headers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Duplex upgrade(List<Header> headers) {
      return duplex;
    }

    @Override
    public void onClose(Runnable action) {}
  }
}
