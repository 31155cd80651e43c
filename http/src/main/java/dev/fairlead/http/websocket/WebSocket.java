package dev.fairlead.http.websocket;

import dev.fairlead.http.HttpExchange.Duplex;
import dev.fairlead.http.stream.Linger;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a WebSocket. One thread reads; any thread writes. Messages are read in
 * pieces, so a message of any length takes little memory. Pings are answered while reading.
 */
public final class WebSocket implements AutoCloseable {
  /** The close code of a good end. */
  public static final int NORMAL = 1000;

  private static final Logger log = LoggerFactory.getLogger(WebSocket.class);
  private static final int PROTOCOL_ERROR = 1002;
  private static final int GOING_AWAY = 1001;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FIN = 0x80;
  private static final byte[] ARE_YOU_THERE = {'?'};
  private static final int CONTROL_BYTES_MAX = 125;
  private static final int PIECE_BYTES = 32 * 1024;

  private final Duplex duplex;
  private final DataInputStream in;
  private final ReentrantLock writing = new ReentrantLock();
  private final CountDownLatch peerEnded = new CountDownLatch(1);
  private final CountDownLatch peerHeard = new CountDownLatch(1);
  private final AtomicBoolean closeSent = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final byte[] mask = new byte[4];
  private boolean inMessage;
  private boolean beginsMessage;
  private boolean lastFrame;
  private long left;
  private long masked;

  /**
   * A piece of a message.
   *
   * @param first whether the message begins with it
   */
  public record Piece(boolean first, byte[] bytes) {}

  WebSocket(Duplex duplex) {
    this.duplex = duplex;
    this.in = new DataInputStream(duplex.in());
  }

  /**
   * The next piece of a text or binary message; empty messages give one empty piece.
   *
   * @return null at the end
   * @throws WebSocketException when the peer breaks the rules; the peer has then been told
   */
  public @Nullable Piece read() throws IOException {
    try {
      return left > 0 || nextData() ? piece() : end();
    } catch (WebSocketException e) {
      sendClose(e.code(), String.valueOf(e.getMessage()));
      peerIsDone();
      throw e;
    } catch (IOException e) {
      peerIsDone();
      throw e;
    }
  }

  /** Sends one text message, of UTF-8. */
  public void sendText(byte[] bytes) throws IOException {
    frame(TEXT, new byte[0], bytes, 0, bytes.length);
  }

  /** Sends one binary message. */
  public void send(byte[] bytes, int from, int length) throws IOException {
    frame(BINARY, new byte[0], bytes, from, length);
  }

  /** Sends one binary message that begins with this byte. */
  public void send(int channel, byte[] bytes, int from, int length) throws IOException {
    frame(BINARY, new byte[] {(byte) channel}, bytes, from, length);
  }

  /** Runs the closing handshake, in vain if the peer does not answer soon. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      sendClose(NORMAL, "");
      Linger.close(duplex, peerEnded);
    }
  }

  /** Runs once when the connection is gone; see {@link Duplex#onClose}. */
  void onClose(Runnable action) {
    duplex.onClose(action);
  }

  /** Writes something that asks for no answer, so that a peer that has left is noticed. */
  void beat() throws IOException {
    frame(PONG, new byte[0], new byte[0], 0, 0);
  }

  /**
   * Waits until the peer is at work: it is sent a ping, which it answers as soon as it reads (RFC
   * 6455, section 5.5.2); a message of its own will do as well. Another thread must be reading.
   *
   * @return false when {@code patience} passed first; true also when the peer has gone
   */
  boolean awaitPeer(Duration patience) throws IOException, InterruptedException {
    frame(PING, new byte[0], ARE_YOU_THERE, 0, ARE_YOU_THERE.length);
    return peerHeard.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Cuts the connection. */
  void cut() {
    closed.set(true);
    duplex.close();
  }

  private @Nullable Piece end() {
    peerIsDone();
    return null;
  }

  private void peerIsDone() {
    peerEnded.countDown();
    peerHeard.countDown();
  }

  private Piece piece() throws IOException {
    byte[] bytes = new byte[(int) Math.min(left, PIECE_BYTES)];
    in.readFully(bytes);
    unmask(bytes);
    left -= bytes.length;
    boolean first = beginsMessage;
    beginsMessage = false;
    if (left == 0 && lastFrame) {
      inMessage = false;
    }
    return new Piece(first, bytes);
  }

  private void unmask(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[(int) (masked++ & 3)];
    }
  }

  /** Reads up to the payload of the next data frame; false at the end. */
  private boolean nextData() throws IOException {
    while (true) {
      int first = in.read();
      if (first < 0) {
        return false;
      }
      int opcode = first & 0xf;
      boolean fin = (first & FIN) != 0;
      if ((first & 0x70) != 0) {
        throw new WebSocketException(PROTOCOL_ERROR, "reserved bits are set");
      }
      long length = length();
      if (opcode < CLOSE) {
        beginData(opcode, fin, length);
        return true;
      }
      if (!fin || length > CONTROL_BYTES_MAX) {
        throw new WebSocketException(PROTOCOL_ERROR, "a control frame in parts, or too long");
      }
      if (control(opcode, (int) length)) {
        return false;
      }
    }
  }

  private long length() throws IOException {
    int second = in.readUnsignedByte();
    if ((second & 0x80) == 0) {
      throw new WebSocketException(PROTOCOL_ERROR, "a frame without mask");
    }
    int small = second & 0x7f;
    long length =
        switch (small) {
          case 126 -> in.readUnsignedShort();
          case 127 -> in.readLong();
          default -> small;
        };
    if (length < 0) {
      throw new WebSocketException(PROTOCOL_ERROR, "a negative length");
    }
    in.readFully(mask);
    masked = 0;
    return length;
  }

  private void beginData(int opcode, boolean fin, long length) throws WebSocketException {
    boolean continues = opcode == CONTINUATION;
    if (opcode > BINARY || continues != inMessage) {
      throw new WebSocketException(PROTOCOL_ERROR, "an unexpected frame of type " + opcode);
    }
    peerHeard.countDown();
    beginsMessage = !continues;
    inMessage = true;
    lastFrame = fin;
    left = length;
  }

  /** Handles a control frame; true when it ends the connection. */
  private boolean control(int opcode, int length) throws IOException {
    byte[] payload = new byte[length];
    in.readFully(payload);
    unmask(payload);
    switch (opcode) {
      case CLOSE -> {
        int code = length >= 2 ? ByteBuffer.wrap(payload).getShort() & 0xffff : NORMAL;
        sendClose(code == GOING_AWAY ? NORMAL : code, "");
        return true;
      }
      case PING -> frame(PONG, new byte[0], payload, 0, length);
      case PONG -> {
        if (Arrays.equals(payload, ARE_YOU_THERE)) {
          peerHeard.countDown();
        }
      }
      default -> throw new WebSocketException(PROTOCOL_ERROR, "an unknown control frame " + opcode);
    }
    return false;
  }

  private void sendClose(int code, String reason) {
    if (!closeSent.compareAndSet(false, true)) {
      return;
    }
    byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
    int length = Math.min(text.length, CONTROL_BYTES_MAX - 2);
    byte[] payload =
        ByteBuffer.allocate(2 + length).putShort((short) code).put(text, 0, length).array();
    try {
      frame(CLOSE, new byte[0], payload, 0, payload.length);
    } catch (IOException e) {
      log.debug("the peer has gone before it could be told: {}", e.getMessage());
    }
  }

  private void frame(int opcode, byte[] prefix, byte[] bytes, int from, int length)
      throws IOException {
    if (opcode != CLOSE && closeSent.get()) {
      throw new EOFException("the connection is closed");
    }
    int all = prefix.length + length;
    ByteBuffer head = ByteBuffer.allocate(10 + prefix.length).put((byte) (FIN | opcode));
    if (all <= CONTROL_BYTES_MAX) {
      head.put((byte) all);
    } else if (all <= 0xffff) {
      head.put((byte) 126).putShort((short) all);
    } else {
      head.put((byte) 127).putLong(all);
    }
    head.put(prefix);
    writing.lock();
    try {
      duplex.out().write(head.array(), 0, head.position());
      duplex.out().write(bytes, from, length);
      duplex.out().flush();
    } finally {
      writing.unlock();
    }
  }
}
