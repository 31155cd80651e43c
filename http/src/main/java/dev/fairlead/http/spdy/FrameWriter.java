package dev.fairlead.http.spdy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Writes frames, one at a time whoever asks. A write waits while the peer is slow. */
final class FrameWriter {
  static final int SYN_STREAM = 1;
  static final int SYN_REPLY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int HEADERS = 8;
  static final int WINDOW_UPDATE = 9;
  static final int FLAG_FIN = 1;

  private static final int VERSION = 0x8003;
  private static final int DATA_BYTES_MAX = 32 * 1024;

  private final OutputStream out;
  private final HeaderBlocks blocks;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  FrameWriter(OutputStream out, HeaderBlocks blocks) {
    this.out = out;
    this.blocks = blocks;
  }

  void reply(int stream) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the connection is closed");
      }
      byte[] block = blocks.pack(Map.of());
      write(head(SYN_REPLY, 4 + block.length).putInt(stream), block, 0, block.length);
    } finally {
      lock.unlock();
    }
  }

  void reset(int stream, int status) throws IOException {
    control(head(RST_STREAM, 8).putInt(stream).putInt(status));
  }

  void ping(int id) throws IOException {
    control(head(PING, 4).putInt(id));
  }

  void goAway(int lastStream, int status) throws IOException {
    control(head(GOAWAY, 8).putInt(lastStream).putInt(status));
  }

  void data(int stream, byte[] bytes, int from, int length) throws IOException {
    for (int at = 0; at < length; at += DATA_BYTES_MAX) {
      int count = Math.min(DATA_BYTES_MAX, length - at);
      lock.lock();
      try {
        write(ByteBuffer.allocate(8).putInt(stream).putInt(count), bytes, from + at, count);
      } finally {
        lock.unlock();
      }
    }
  }

  void end(int stream) throws IOException {
    control(ByteBuffer.allocate(8).putInt(stream).putInt(FLAG_FIN << 24));
  }

  /** No stream can be replied to any more. */
  void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        blocks.closePacking();
      }
    } finally {
      lock.unlock();
    }
  }

  private static ByteBuffer head(int type, int length) {
    return ByteBuffer.allocate(16).putShort((short) VERSION).putShort((short) type).putInt(length);
  }

  private void control(ByteBuffer frame) throws IOException {
    lock.lock();
    try {
      write(frame, new byte[0], 0, 0);
    } finally {
      lock.unlock();
    }
  }

  private void write(ByteBuffer head, byte[] bytes, int from, int length) throws IOException {
    byte[] start = new byte[head.position()];
    head.flip().get(start);
    out.write(start);
    out.write(bytes, from, length);
    out.flush();
  }
}
