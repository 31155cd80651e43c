package dev.fairlead.http.stream;

import java.util.ArrayDeque;

/** Bytes in the pieces in which they came, taken from the front. Not safe for several threads. */
public final class Chunks {
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private int offset;
  private long bytes;

  /** How many bytes there are. */
  public long bytes() {
    return bytes;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return chunks.isEmpty();
  }

  /** Adds bytes at the end. They are kept, not copied. */
  public void add(byte[] more) {
    if (more.length > 0) {
      chunks.add(more);
      bytes += more.length;
    }
  }

  /** Drops all. */
  public void clear() {
    chunks.clear();
    offset = 0;
    bytes = 0;
  }

  /**
   * Moves bytes from the front, of which there must be some.
   *
   * @param length at most so many, at least one
   * @return how many
   */
  public int take(byte[] target, int from, int length) {
    byte[] first = chunks.getFirst();
    int count = Math.min(length, first.length - offset);
    System.arraycopy(first, offset, target, from, count);
    offset += count;
    bytes -= count;
    if (offset == first.length) {
      chunks.removeFirst();
      offset = 0;
    }
    return count;
  }
}
