package dev.fairlead.http;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one server's connections share: settings, handler, and who is there. Thread-safe. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class Connections {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private final String name;
  private final HttpServerSettings settings;
  private final HttpHandler handler;
  private final @Nullable ClientVerifier clients;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Set<NettyExchange> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong count = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private volatile boolean closing;

  /**
   * Nobody is there yet.
   *
   * @param clients null where no client is asked for a certificate
   */
  Connections(
      String name,
      HttpServerSettings settings,
      HttpHandler handler,
      @Nullable ClientVerifier clients) {
    this.name = name;
    this.settings = settings;
    this.handler = handler;
    this.clients = clients;
  }

  /** What the client at the other end of a connection has shown of itself. */
  ClientCertificate shown(Channel connection) {
    return clients == null ? ClientCertificate.NONE : clients.shown(connection);
  }

  HttpServerSettings settings() {
    return settings;
  }

  boolean closing() {
    return closing;
  }

  /** Whether one more connection is welcome; if so it counts until it closes. */
  boolean admit(Channel channel) {
    if (closing || channels.size() >= settings.connectionsMax()) {
      return false;
    }
    channels.add(channel);
    return true;
  }

  /** Runs the handler for this exchange on a virtual thread. */
  void run(NettyExchange exchange) {
    running.add(exchange);
    Thread.ofVirtual()
        .name(name + "-request-" + count.incrementAndGet())
        .start(() -> handle(exchange));
  }

  void close(long graceMillis) {
    closing = true;
    running.forEach(NettyExchange::ask);
    awaitEnd(graceMillis);
    channels.close().awaitUninterruptibly(graceMillis);
  }

  private void handle(NettyExchange exchange) {
    try {
      handler.handle(exchange);
      exchange.finish();
    } catch (InterruptedException e) {
      exchange.fail(500, "interrupted");
      Thread.currentThread().interrupt();
    } catch (BodyException e) {
      log.debug("{}: {}", exchange, e.getMessage());
      exchange.fail(e.status(), String.valueOf(e.getMessage()));
    } catch (Exception | StackOverflowError | OutOfMemoryError e) { // Or the peer waits for ever.
      if (exchange.peerGone()) {
        log.debug("{}: peer gone", exchange, e);
      } else {
        log.warn("{}: handler failed", exchange, e);
      }
      exchange.fail(500, "internal error");
    } finally {
      running.remove(exchange);
      signal();
    }
  }

  private void signal() {
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitEnd(long graceMillis) {
    long left = graceMillis * 1_000_000;
    lock.lock();
    try {
      while (!running.isEmpty() && left > 0) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
