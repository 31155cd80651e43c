package dev.fairlead.apiserver.front;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Who writes, where the query does not name it: what {@code User-Agent} says first. */
final class UserAgent {
  /** As for a named field manager. */
  private static final int BYTES_MAX = 128;

  private UserAgent() {}

  /** The printable characters before the first slash; empty without a header. */
  static String prefix(@Nullable String userAgent) {
    StringBuilder prefix = new StringBuilder();
    int bytes = 0;
    for (int each : (userAgent == null ? "" : userAgent).codePoints().toArray()) {
      int size = Character.toString(each).getBytes(StandardCharsets.UTF_8).length;
      if (each == '/' || bytes + size > BYTES_MAX) {
        break;
      }
      if (!Character.isISOControl(each)) {
        prefix.appendCodePoint(each);
        bytes += size;
      }
    }
    return prefix.toString();
  }
}
