package dev.fairlead.dns;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers UDP queries on one platform thread; a question for an upstream waits on a virtual thread
 * of its own.
 */
final class UdpLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpLoop.class);
  private static final int QUERY_BYTES_MAX = 4_096;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final DatagramChannel channel;
  private final Responder responder;
  private final Forwarder forwarder;
  private final Counters counters;
  private final ByteBuffer in = ByteBuffer.allocateDirect(QUERY_BYTES_MAX);
  private final ByteBuffer out;
  private final byte[] packet = new byte[QUERY_BYTES_MAX];

  UdpLoop(DatagramChannel channel, Responder responder, Forwarder forwarder, Counters counters) {
    this.channel = channel;
    this.responder = responder;
    this.forwarder = forwarder;
    this.counters = counters;
    this.out = ByteBuffer.allocateDirect(responder.response().length);
  }

  @Override
  public void run() {
    while (channel.isOpen()) {
      try {
        in.clear();
        SocketAddress client = channel.receive(in);
        if (client != null) {
          serve(client);
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.debug("UDP: {}", e.getMessage());
        counters.errors.increment();
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (RuntimeException e) {
        LOG.error("UDP: a query could not be answered", e);
        counters.errors.increment();
      }
    }
  }

  private void serve(SocketAddress client) throws IOException {
    counters.udpQueries.increment();
    in.flip();
    int length = in.remaining();
    in.get(packet, 0, length);
    int answer = responder.respond(packet, length, true);
    if (answer == Responder.FORWARD) {
      answer = forward(client);
    }
    if (answer > 0) {
      out.clear().put(responder.response(), 0, answer).flip();
      send(out, client);
    }
  }

  private int forward(SocketAddress client) {
    if (!forwarder.tryBegin()) {
      return responder.failure(Wire.SERVFAIL);
    }
    counters.forwards.increment();
    Forwarder.Job job = Forwarder.Job.of(responder, responder.udpBytesMax());
    byte[] failure = Arrays.copyOf(responder.response(), responder.failure(Wire.SERVFAIL));
    Thread.ofVirtual().name("dns-forward").start(() -> await(job, failure, client));
    return Responder.DROP;
  }

  private void await(Forwarder.Job job, byte[] failure, SocketAddress client) {
    try {
      byte @Nullable [] answer = forwarder.answer(job);
      send(ByteBuffer.wrap(answer == null ? failure : answer), client);
    } catch (IOException e) {
      LOG.debug("UDP: {}", e.getMessage());
      counters.errors.increment();
    } finally {
      forwarder.done();
    }
  }

  /** A client that cannot be reached is not our fault, and must not stop the loop. */
  private void send(ByteBuffer message, SocketAddress client) throws IOException {
    try {
      channel.send(message, client);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("UDP to {}: {}", client, e.getMessage());
      counters.errors.increment();
    }
  }
}
