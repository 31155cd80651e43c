package dev.fairlead.kubelet.runtime;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a command prints, and takes the rest. Thread-safe. */
final class Said extends OutputStream {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int bytesMax;

  Said(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) {
    kept.write(bytes, from, Math.min(count, bytesMax - kept.size()));
  }

  /** What was kept so far. */
  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
