package dev.fairlead.http.websocket;

import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.EndActions;
import dev.fairlead.http.stream.StreamConnection;
import dev.fairlead.http.stream.StreamInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams as channels of one WebSocket: the first byte of every message says to which it belongs.
 * The channels are there from the start, in the order of their numbers.
 */
public final class ChannelConnection implements StreamConnection {
  private static final Logger log = LoggerFactory.getLogger(ChannelConnection.class);
  private static final int CLOSE_SIGNAL = 255;
  private static final long BEAT_SECONDS = 2;

  private final WebSocket socket;
  private final boolean closeSignals;
  private final List<Channel> channels = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final EndActions ends = new EndActions();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean waiting;

  private ChannelConnection(
      WebSocket socket, List<Map<String, String>> headers, boolean closeSignals) {
    this.socket = socket;
    this.closeSignals = closeSignals;
    for (int number = 0; number < headers.size(); number++) {
      channels.add(new Channel(number, headers.get(number)));
    }
  }

  /**
   * Begins to serve.
   *
   * @param headers what each channel is, by its number
   * @param closeSignals whether a message on channel 255 half-closes the channel it names
   */
  public static ChannelConnection start(
      WebSocket socket, List<Map<String, String>> headers, boolean closeSignals) {
    ChannelConnection connection = new ChannelConnection(socket, headers, closeSignals);
    socket.onClose(connection::gone);
    Thread.ofVirtual().name("websocket-reader").start(connection::read);
    Thread.ofVirtual().name("websocket-beats").start(connection::beat);
    return connection;
  }

  @Override
  public @Nullable ByteStream accept() throws InterruptedException {
    int next = accepted.getAndIncrement();
    if (next < channels.size()) {
      return channels.get(next);
    }
    ended.await();
    return null;
  }

  @Override
  public void awaitClient(Duration patience) throws InterruptedException {
    try {
      if (!socket.awaitPeer(patience)) {
        log.debug("the client has answered no ping for {}", patience);
      }
    } catch (IOException e) {
      log.debug("the client has gone: {}", e.getMessage());
    }
  }

  @Override
  public void onEnd(Runnable action) {
    ends.add(action);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      channels.forEach(Channel::reset);
      socket.close();
    }
  }

  /** Wakes the reader of the connection, which may wait for the reader of a channel. */
  private void gone() {
    EOFException gone = new EOFException("the connection is closed");
    channels.forEach(each -> each.in.fail(gone));
  }

  /** While a channel's reader is behind, nothing is read, and only writing finds the end. */
  private void beat() {
    try {
      while (!ended.await(BEAT_SECONDS, TimeUnit.SECONDS)) {
        if (waiting) {
          socket.beat();
        }
      }
    } catch (IOException e) {
      log.debug("connection ends: {}", e.getMessage());
      gone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try {
      Channel current = null;
      boolean signal = false;
      for (WebSocket.Piece piece = socket.read(); piece != null; piece = socket.read()) {
        byte[] bytes = piece.bytes();
        if (piece.first()) {
          int number = bytes.length == 0 ? -1 : bytes[0] & 0xff;
          signal = closeSignals && number == CLOSE_SIGNAL;
          current = number >= 0 && number < channels.size() ? channels.get(number) : null;
          bytes = bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length);
        }
        if (signal && bytes.length > 0 && (bytes[0] & 0xff) < channels.size()) {
          channels.get(bytes[0] & 0xff).in.end();
        } else if (current != null) {
          waiting = true;
          current.in.offer(bytes);
          waiting = false;
        }
      }
      // The peer has said all it had to say.
      channels.forEach(each -> each.in.end());
    } catch (IOException e) {
      log.debug("connection ends: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gone();
      ended.countDown();
      ends.end();
      socket.close();
    }
  }

  private final class Channel implements ByteStream {
    private final int number;
    private final Map<String, String> headers;
    private final StreamInput in = new StreamInput();
    private final Out out = new Out();

    Channel(int number, Map<String, String> headers) {
      this.number = number;
      this.headers = headers;
    }

    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    @Override
    public InputStream in() {
      return in;
    }

    @Override
    public OutputStream out() {
      return out;
    }

    @Override
    public void reset() {
      in.close();
      out.close();
    }

    /** The protocol has no way to say that a channel has ended; the connection's end says it. */
    private final class Out extends OutputStream {
      private volatile boolean over;

      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        if (over) {
          throw new IOException("the channel is closed");
        }
        socket.send(number, bytes, from, length);
      }

      @Override
      public void close() {
        over = true;
      }
    }
  }
}
