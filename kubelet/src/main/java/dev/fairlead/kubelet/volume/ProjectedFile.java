package dev.fairlead.kubelet.volume;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The content of one file and its permission bits. */
record ProjectedFile(byte[] data, int mode) {

  static ProjectedFile of(String text, int mode) {
    return new ProjectedFile(text.getBytes(StandardCharsets.UTF_8), mode);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProjectedFile that
        && mode == that.mode
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(data) + mode;
  }
}
