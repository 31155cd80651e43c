package dev.fairlead.http.spdy;

import dev.fairlead.http.HttpExchange.Duplex;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.EndActions;
import dev.fairlead.http.stream.Linger;
import dev.fairlead.http.stream.StreamConnection;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
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
  private static final int CONTROL_BYTES_MAX = 64 * 1024;
  private static final int CHUNK_BYTES = 32 * 1024;
  private static final int ANSWERS_MAX = 2048;
  private static final int REFUSED_STREAM = 3;
  private static final int OK = 0;
  private static final long BEAT_SECONDS = 2;

  /** Looks like the answer to a ping that the client never sent, which clients ignore. */
  private static final int BEAT = Integer.MAX_VALUE;

  private final Duplex duplex;
  private final HeaderBlocks blocks = new HeaderBlocks();
  private final FrameWriter writer;
  private final DataInputStream in;
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
  private final BlockingQueue<Optional<SpdyStream>> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(ANSWERS_MAX);
  private final CountDownLatch peerEnded = new CountDownLatch(1);
  private final EndActions ends = new EndActions();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile int lastStream;
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
    this.in = new DataInputStream(duplex.in());
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
      writer.goAway(lastStream, OK);
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
      while (frame()) {
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

  /** Reads one frame; false at the end. */
  private boolean frame() throws IOException, InterruptedException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int head = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int flagsAndLength = in.readInt();
    int flags = flagsAndLength >>> 24;
    int length = flagsAndLength & 0xff_ffff;
    if (head >= 0) {
      data(head, flags, length);
    } else if ((head >>> 16 & 0x7fff) != 3) {
      throw new SpdyException("version " + (head >>> 16 & 0x7fff) + " instead of 3");
    } else if (length > CONTROL_BYTES_MAX) {
      throw new SpdyException("a control frame of " + length + " bytes");
    } else {
      byte[] body = new byte[length];
      in.readFully(body);
      control(head & 0xffff, flags, ByteBuffer.wrap(body));
    }
    return true;
  }

  private void data(int id, int flags, int length) throws IOException, InterruptedException {
    SpdyStream stream = streams.get(id);
    if (stream == null && id > lastStream) {
      throw new SpdyException("data for stream " + id + ", which was never opened");
    }
    for (int left = length; left > 0; ) {
      byte[] chunk = new byte[Math.min(left, CHUNK_BYTES)];
      in.readFully(chunk);
      left -= chunk.length;
      if (stream != null && !gone) {
        waiting = true;
        stream.received(chunk);
        waiting = false;
      }
    }
    if (stream != null && (flags & FrameWriter.FLAG_FIN) != 0) {
      stream.remoteEnd();
    }
  }

  private void control(int type, int flags, ByteBuffer body) throws IOException {
    switch (type) {
      case FrameWriter.SYN_STREAM -> open(flags, body);
      case FrameWriter.RST_STREAM -> wasReset(integer(body) & Integer.MAX_VALUE);
      case FrameWriter.PING -> {
        int id = integer(body);
        if ((id & 1) == 1) {
          queue(to -> to.ping(id));
        }
      }
      case FrameWriter.HEADERS -> more(flags, body);
      default -> log.trace("frame of type {} needs no action", type);
    }
  }

  private void open(int flags, ByteBuffer body) throws IOException {
    int id = integer(body) & Integer.MAX_VALUE;
    integer(body);
    if (body.remaining() < 2) {
      throw new SpdyException("a frame cut short");
    }
    body.getShort();
    Map<String, String> headers = blocks.unpack(rest(body));
    if (id <= lastStream || (id & 1) == 0) {
      throw new SpdyException("stream " + id + " after stream " + lastStream);
    }
    lastStream = id;
    if (streams.size() >= STREAMS_MAX || closed.get()) {
      queue(to -> to.reset(id, REFUSED_STREAM));
      return;
    }
    SpdyStream stream = new SpdyStream(this, id, headers);
    streams.put(id, stream);
    if ((flags & FrameWriter.FLAG_FIN) != 0) {
      stream.remoteEnd();
    }
    opened.add(Optional.of(stream));
  }

  /** Further headers change nothing, but the next block can only be unpacked after them. */
  private void more(int flags, ByteBuffer body) throws IOException {
    SpdyStream stream = streams.get(integer(body) & Integer.MAX_VALUE);
    blocks.unpack(rest(body));
    if (stream != null && (flags & FrameWriter.FLAG_FIN) != 0) {
      stream.remoteEnd();
    }
  }

  private void wasReset(int id) {
    SpdyStream stream = streams.remove(id);
    if (stream != null) {
      stream.fail(new IOException("the client has reset the stream"));
    }
  }

  private static int integer(ByteBuffer body) throws SpdyException {
    if (body.remaining() < 4) {
      throw new SpdyException("a frame cut short");
    }
    return body.getInt();
  }

  private static byte[] rest(ByteBuffer body) {
    byte[] rest = new byte[body.remaining()];
    body.get(rest);
    return rest;
  }
}
