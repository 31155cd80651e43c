package dev.fairlead.http;

import dev.fairlead.http.stream.EndActions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection whose peer has said all at the start. */
public final class MemoryDuplex implements HttpExchange.Duplex {
  private final InputStream in;
  private final EndActions ends = new EndActions();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public MemoryDuplex(byte[] said) {
    in = new ByteArrayInputStream(said);
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
    ends.end();
  }
}
