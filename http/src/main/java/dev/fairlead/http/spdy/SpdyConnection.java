package dev.fairlead.http.spdy;

import dev.fairlead.http.HttpExchange.Duplex;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.EndActions;
import dev.fairlead.http.stream.Linger;
import dev.fairlead.http.stream.StreamConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a SPDY/3.1 connection on which the client opens streams.
 *
 * <p>One thread reads, and waits when a stream's reader is behind: windows are neither granted nor
 * heeded, as the clients of this field do it (moby/spdystream); TCP holds the peer back. Answers to
 * pings and refusals go through a small queue, so that reading never waits for writing. While the
 * reading thread waits, a client that has left is noticed by writing to it every now and then.
 */
public final class SpdyConnection implements StreamConnection {
  private static final Logger log = LoggerFactory.getLogger(SpdyConnection.class);
  private static final int STREAMS_MAX = 1024;
  private static final int ANSWERS_MAX = 2048;
  private static final int REFUSED_STREAM = 3;
  private static final int OK = 0;
  private static final long BEAT_SECONDS = 2;

  /** Looks like the answer to a ping that the client never sent, which clients ignore. */
  private static final int BEAT = Integer.MAX_VALUE;

  private final Duplex duplex;
  private final HeaderBlocks blocks = new HeaderBlocks();
  private final FrameWriter writer;
  private final FrameReader reader;
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();

  /** Streams that nobody has accepted yet, some of them reset meanwhile; empty at the end. */
  private final BlockingQueue<Optional<SpdyStream>> opened =
      new LinkedBlockingQueue<>(STREAMS_MAX + 2);

  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(ANSWERS_MAX);
  private final CountDownLatch peerEnded = new CountDownLatch(1);
  private final EndActions ends = new EndActions();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean waiting;
  private volatile boolean gone;

  /** A frame to be written by the thread that answers. */
  @FunctionalInterface
  interface Answer {
    void write(FrameWriter writer) throws IOException;
  }

  private SpdyConnection(Duplex duplex) {
    this.duplex = duplex;
    this.writer = new FrameWriter(duplex.out(), blocks);
    this.reader = new FrameReader(duplex.in(), blocks);
  }

  /** Begins to serve a connection that was upgraded to {@code SPDY/3.1}. */
  public static SpdyConnection start(Duplex duplex) {
    SpdyConnection connection = new SpdyConnection(duplex);
    duplex.onClose(connection::gone);
    Thread answering = Thread.ofVirtual().name("spdy-answers").start(connection::answer);
    Thread.ofVirtual().name("spdy-reader").start(() -> connection.read(answering));
    return connection;
  }

  @Override
  public @Nullable ByteStream accept() throws InterruptedException {
    Optional<SpdyStream> next = opened.take();
    if (next.isEmpty()) {
      opened.add(next);
      return null;
    }
    SpdyStream stream = next.get();
    try {
      // The client drops data that come before the reply, so whoever writes must come later.
      writer.reply(stream.id());
    } catch (IOException e) {
      stream.fail(e);
    }
    return stream;
  }

  @Override
  public void onEnd(Runnable action) {
    ends.add(action);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      writer.goAway(reader.lastStream(), OK);
    } catch (IOException e) {
      log.debug("the peer has gone before it could be told: {}", e.getMessage());
    }
    streams.values().forEach(each -> discard(each));
    Linger.close(duplex, peerEnded);
  }

  FrameWriter writer() {
    return writer;
  }

  void forget(SpdyStream stream) {
    streams.remove(stream.id(), stream);
  }

  /** Hands over a frame that must not wait; a peer that lets too many pile up is left. */
  void queue(Answer answer) {
    if (!answers.offer(answer)) {
      log.debug("the peer reads no answers; connection closed");
      duplex.close();
    }
  }

  private static void discard(SpdyStream stream) {
    stream.fail(new EOFException("the connection is closed"));
    try {
      stream.in().close();
    } catch (IOException e) {
      throw new IllegalStateException("closing memory cannot fail", e);
    }
  }

  private void answer() {
    try {
      while (true) {
        Answer next = answers.poll(BEAT_SECONDS, TimeUnit.SECONDS);
        if (next != null) {
          next.write(writer);
        } else if (waiting) {
          writer.ping(BEAT);
        }
      }
    } catch (InterruptedException e) {
      log.trace("the connection has ended, so nobody waits for answers");
    } catch (IOException e) {
      duplex.close();
      gone();
    }
  }

  /** Wakes the reader of the connection, which may wait for the reader of a stream. */
  private void gone() {
    gone = true;
    streams.values().forEach(each -> each.fail(new EOFException("the connection is closed")));
  }

  private void read(Thread answering) {
    try {
      Client client = new Client();
      while (reader.read(client)) {
        log.trace("frame read");
      }
    } catch (IOException e) {
      log.debug("connection ends: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended(answering);
    }
  }

  private void ended(Thread answering) {
    answering.interrupt();
    gone();
    streams.clear();
    blocks.closeUnpacking();
    writer.close();
    opened.add(Optional.empty());
    peerEnded.countDown();
    ends.end();
    if (!closed.get()) {
      duplex.close();
    }
  }

  /** What the client says changes this connection. On the thread that reads. */
  private final class Client implements FrameReader.Listener {
    @Override
    public void opened(int id, Map<String, String> headers) {
      if (Math.max(streams.size(), opened.size()) >= STREAMS_MAX || closed.get()) {
        queue(to -> to.reset(id, REFUSED_STREAM));
        return;
      }
      SpdyStream stream = new SpdyStream(SpdyConnection.this, id, headers);
      streams.put(id, stream);
      opened.add(Optional.of(stream));
    }

    @Override
    public void data(int id, byte[] bytes) throws InterruptedException {
      SpdyStream stream = streams.get(id);
      if (stream != null && !gone) {
        waiting = true;
        stream.received(bytes);
        waiting = false;
      }
    }

    @Override
    public void ended(int id) {
      SpdyStream stream = streams.get(id);
      if (stream != null) {
        stream.remoteEnd();
      }
    }

    @Override
    public void reset(int id) {
      SpdyStream stream = streams.remove(id);
      if (stream != null) {
        stream.fail(new IOException("the client has reset the stream"));
      }
    }

    @Override
    public void pinged(int id) {
      queue(to -> to.ping(id));
    }
  }
}
