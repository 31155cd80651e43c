package dev.fairlead.dns;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers TCP queries (RFC 7766): one platform thread accepts, one virtual thread serves each
 * connection, in order, any number of queries. A client that is silent or does not read for the
 * idle time is cut off; a connection too many is closed at once.
 */
final class TcpLoop implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpLoop.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ServerSocketChannel channel;
  private final Supplier<Responder> responders;
  private final Forwarder forwarder;
  private final Counters counters;
  private final Duration idleTimeout;
  private final Semaphore places;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor watchdog;

  TcpLoop(
      ServerSocketChannel channel,
      Supplier<Responder> responders,
      Forwarder forwarder,
      Counters counters,
      DnsSettings settings) {
    this.channel = channel;
    this.responders = responders;
    this.forwarder = forwarder;
    this.counters = counters;
    this.idleTimeout = settings.idleTimeout();
    this.places = new Semaphore(settings.connectionsMax());
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("dns-tcp-watchdog").factory());
    watchdog.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void run() {
    while (channel.isOpen()) {
      try {
        accept(channel.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.debug("TCP: {}", e.getMessage());
        counters.errors.increment();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void accept(SocketChannel connection) {
    if (!places.tryAcquire()) {
      close(connection);
      return;
    }
    connections.add(connection);
    if (!channel.isOpen()) {
      close(connection); // it came while the server closed
    }
    Thread.ofVirtual().name("dns-tcp").start(() -> serve(connection));
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      Socket socket = connection.socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) idleTimeout.toMillis());
      serve(socket);
    } catch (EOFException | SocketTimeoutException | ClosedChannelException e) {
      LOG.trace("TCP connection ends: {}", e.getMessage());
    } catch (IOException e) {
      LOG.debug("TCP: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("TCP: a query could not be answered", e);
      counters.errors.increment();
    } finally {
      connections.remove(connection);
      places.release();
    }
  }

  private void serve(Socket socket) throws IOException {
    Responder responder = responders.get();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      byte[] query = new byte[in.readUnsignedShort()];
      in.readFully(query);
      counters.tcpQueries.increment();
      byte[] answer = answer(responder, query);
      if (answer == null) {
        return;
      }
      write(socket, answer);
    }
  }

  private byte @Nullable [] answer(Responder responder, byte[] query) {
    int length = responder.respond(query, query.length, false);
    if (length == Responder.DROP) {
      return null;
    }
    if (length == Responder.FORWARD) {
      byte[] found = forward(responder);
      if (found != null) {
        return framed(found, found.length);
      }
      length = responder.failure(Wire.SERVFAIL);
    }
    return framed(responder.response(), length);
  }

  private byte @Nullable [] forward(Responder responder) {
    if (!forwarder.tryBegin()) {
      return null;
    }
    try {
      counters.forwards.increment();
      return forwarder.answer(Forwarder.Job.of(responder, Responder.MESSAGE_BYTES_MAX));
    } finally {
      forwarder.done();
    }
  }

  private static byte[] framed(byte[] message, int length) {
    byte[] framed = new byte[length + 2];
    Wire.put16(framed, 0, length);
    System.arraycopy(message, 0, framed, 2, length);
    return framed;
  }

  private void write(Socket socket, byte[] answer) throws IOException {
    ScheduledFuture<?> limit =
        watchdog.schedule(() -> close(socket), idleTimeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      socket.getOutputStream().write(answer);
    } finally {
      limit.cancel(false);
    }
  }

  @Override
  public void close() {
    close(channel);
    connections.forEach(TcpLoop::close);
    watchdog.shutdownNow();
  }

  private static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      LOG.debug("closing: {}", e.getMessage());
    }
  }
}
