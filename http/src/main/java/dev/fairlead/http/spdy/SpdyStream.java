package dev.fairlead.http.spdy;

import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.http.stream.StreamInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One stream, opened by the client. */
final class SpdyStream implements ByteStream {
  private static final int CANCEL = 5;

  private final SpdyConnection connection;
  private final int id;
  private final Map<String, String> headers;
  private final StreamInput in = new StreamInput();
  private final Out out = new Out();
  private final AtomicBoolean remoteEnded = new AtomicBoolean();
  private final AtomicBoolean localEnded = new AtomicBoolean();

  SpdyStream(SpdyConnection connection, int id, Map<String, String> headers) {
    this.connection = connection;
    this.id = id;
    this.headers = headers;
  }

  int id() {
    return id;
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
    connection.forget(this);
    fail(new IOException("the stream is reset"));
    connection.queue(writer -> writer.reset(id, CANCEL));
  }

  void received(byte[] bytes) throws InterruptedException {
    in.offer(bytes);
  }

  /** The client has half-closed. */
  void remoteEnd() {
    remoteEnded.set(true);
    in.end();
    forgetIfDone();
  }

  /** The client has reset the stream, or the connection is gone. */
  void fail(IOException why) {
    localEnded.set(true);
    in.fail(why);
  }

  private void forgetIfDone() {
    if (remoteEnded.get() && localEnded.get()) {
      connection.forget(this);
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (localEnded.get()) {
        throw new IOException("the stream is closed");
      }
      connection.writer().data(id, bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      if (localEnded.compareAndSet(false, true)) {
        connection.writer().end(id);
        forgetIfDone();
      }
    }
  }
}
