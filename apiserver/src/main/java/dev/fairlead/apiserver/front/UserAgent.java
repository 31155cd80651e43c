package dev.fairlead.apiserver.front;

import dev.fairlead.api.codec.GoQuote;
import dev.fairlead.apiserver.registry.meta.ManagerNames;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Who writes, where the query does not name it: what {@code User-Agent} says first. */
final class UserAgent {
  private UserAgent() {}

  /** The printable characters before the first slash; empty without a header. */
  static String prefix(@Nullable String userAgent) {
    StringBuilder prefix = new StringBuilder();
    int bytes = 0;
    for (int each : (userAgent == null ? "" : userAgent).codePoints().toArray()) {
      int size = Character.toString(each).getBytes(StandardCharsets.UTF_8).length;
      if (each == '/' || bytes + size > ManagerNames.BYTES_MAX) {
        break;
      }
      if (GoQuote.isPrintable(each)) {
        prefix.appendCodePoint(each);
        bytes += size;
      }
    }
    return prefix.toString();
  }
}
