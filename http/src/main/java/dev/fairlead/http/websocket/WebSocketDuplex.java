package dev.fairlead.http.websocket;

import dev.fairlead.http.HttpExchange.Duplex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A WebSocket as raw bytes: the payloads of its messages one after the other. */
public final class WebSocketDuplex implements Duplex {
  private final WebSocket socket;
  private final In in = new In();
  private final Out out = new Out();

  public WebSocketDuplex(WebSocket socket) {
    this.socket = socket;
  }

  @Override
  public InputStream in() {
    return in;
  }

  /** Every write is a message; {@code close} sends a close frame, after which nothing follows. */
  @Override
  public OutputStream out() {
    return out;
  }

  @Override
  public void onClose(Runnable action) {
    socket.onClose(action);
  }

  @Override
  public void close() {
    socket.cut();
  }

  private final class In extends InputStream {
    private byte[] piece = new byte[0];
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      while (at == piece.length && length > 0) {
        WebSocket.@Nullable Piece next = socket.read();
        if (next == null) {
          return -1;
        }
        piece = next.bytes();
        at = 0;
      }
      int count = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, target, from, count);
      at += count;
      return count;
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      socket.send(bytes, from, length);
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
