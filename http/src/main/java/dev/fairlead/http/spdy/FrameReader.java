package dev.fairlead.http.spdy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a client's frames. Belongs to the one thread that reads. */
final class FrameReader {
  private static final Logger log = LoggerFactory.getLogger(FrameReader.class);
  private static final int CONTROL_BYTES_MAX = 64 * 1024;
  private static final int CHUNK_BYTES = 32 * 1024;

  private final DataInputStream in;
  private final HeaderBlocks blocks;
  private volatile int lastStream;

  /** What a client says. Only {@link #opened} tells of a stream that was never heard of. */
  interface Listener {
    void opened(int stream, Map<String, String> headers);

    void data(int stream, byte[] bytes) throws InterruptedException;

    /** The client has half-closed the stream. */
    void ended(int stream);

    void reset(int stream);

    void pinged(int id);
  }

  FrameReader(InputStream in, HeaderBlocks blocks) {
    this.in = new DataInputStream(in);
    this.blocks = blocks;
  }

  /** The stream that the client opened last; 0 before the first. Any thread. */
  int lastStream() {
    return lastStream;
  }

  /**
   * Reads one frame; false at the end.
   *
   * @throws SpdyException when it is malformed
   */
  boolean read(Listener listener) throws IOException, InterruptedException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    int head = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int flagsAndLength = in.readInt();
    int flags = flagsAndLength >>> 24;
    int length = flagsAndLength & 0xff_ffff;
    if (head >= 0) {
      data(head, flags, length, listener);
    } else if ((head >>> 16 & 0x7fff) != 3) {
      throw new SpdyException("version " + (head >>> 16 & 0x7fff) + " instead of 3");
    } else if (length > CONTROL_BYTES_MAX) {
      throw new SpdyException("a control frame of " + length + " bytes");
    } else {
      byte[] body = new byte[length];
      in.readFully(body);
      control(head & 0xffff, flags, ByteBuffer.wrap(body), listener);
    }
    return true;
  }

  private void data(int stream, int flags, int length, Listener listener)
      throws IOException, InterruptedException {
    if (stream > lastStream) {
      throw new SpdyException("data for stream " + stream + ", which was never opened");
    }
    for (int left = length; left > 0; ) {
      byte[] chunk = new byte[Math.min(left, CHUNK_BYTES)];
      in.readFully(chunk);
      left -= chunk.length;
      listener.data(stream, chunk);
    }
    endIf(flags, stream, listener);
  }

  private void control(int type, int flags, ByteBuffer body, Listener listener) throws IOException {
    switch (type) {
      case FrameWriter.SYN_STREAM -> open(flags, body, listener);
      case FrameWriter.RST_STREAM -> listener.reset(stream(body));
      case FrameWriter.PING -> {
        int id = integer(body);
        if ((id & 1) == 1) {
          listener.pinged(id);
        }
      }
      case FrameWriter.HEADERS -> more(flags, body, listener);
      default -> log.trace("frame of type {} needs no action", type);
    }
  }

  private void open(int flags, ByteBuffer body, Listener listener) throws IOException {
    int stream = stream(body);
    integer(body);
    if (body.remaining() < 2) {
      throw new SpdyException("a frame cut short");
    }
    body.getShort();
    Map<String, String> headers = blocks.unpack(rest(body));
    if (stream <= lastStream || (stream & 1) == 0) {
      throw new SpdyException("stream " + stream + " after stream " + lastStream);
    }
    lastStream = stream;
    listener.opened(stream, headers);
    endIf(flags, stream, listener);
  }

  /** Further headers change nothing, but the next block can only be unpacked after them. */
  private void more(int flags, ByteBuffer body, Listener listener) throws IOException {
    int stream = stream(body);
    blocks.unpack(rest(body));
    endIf(flags, stream, listener);
  }

  private static void endIf(int flags, int stream, Listener listener) {
    if ((flags & FrameWriter.FLAG_FIN) != 0) {
      listener.ended(stream);
    }
  }

  private static int stream(ByteBuffer body) throws SpdyException {
    return integer(body) & Integer.MAX_VALUE;
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
