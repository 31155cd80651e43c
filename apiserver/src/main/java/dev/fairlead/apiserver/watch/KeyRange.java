package dev.fairlead.apiserver.watch;

/**
 * Storage keys that follow each other.
 *
 * @param start the first one, inclusive
 * @param end the key to stop before
 */
public record KeyRange(String start, String end) {

  /** The rest of this range, from a key on; nothing when the key comes after it. */
  public KeyRange from(String key) {
    if (key.compareTo(start) <= 0) {
      return this;
    }
    return new KeyRange(key.compareTo(end) < 0 ? key : end, end);
  }
}
