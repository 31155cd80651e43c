package dev.fairlead.http;

import dev.fairlead.http.stream.EndActions;
import dev.fairlead.http.stream.StreamInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection whose peer says all at the start, and then leaves or stays. */
public final class MemoryDuplex implements HttpExchange.Duplex {
  private final InputStream in;
  private final Runnable onClose;
  private final EndActions ends = new EndActions();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** One whose peer leaves when it has said this. */
  public MemoryDuplex(byte[] said) {
    this(new ByteArrayInputStream(said), () -> {});
  }

  private MemoryDuplex(InputStream in, Runnable onClose) {
    this.in = in;
    this.onClose = onClose;
  }

  /** One whose peer stays until it is closed. */
  public static MemoryDuplex open(byte[] said) throws InterruptedException {
    StreamInput in = new StreamInput();
    in.offer(said);
    return new MemoryDuplex(in, in::end);
  }

  /** What the peer was told. */
  public byte[] answered() {
    return out.toByteArray();
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
  public void onClose(Runnable action) {
    ends.add(action);
  }

  @Override
  public void close() {
    onClose.run();
    ends.end();
  }
}
