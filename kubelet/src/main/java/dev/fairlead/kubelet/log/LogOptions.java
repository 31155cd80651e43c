package dev.fairlead.kubelet.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted (API: {@code core/v1 PodLogOptions}).
 *
 * @param tailLines null for all
 * @param since null for the beginning
 * @param limitBytes null for no limit
 */
public record LogOptions(
    boolean follow,
    boolean timestamps,
    @Nullable Long tailLines,
    @Nullable Instant since,
    @Nullable Long limitBytes) {
  /** All of it, as it is now. */
  public static final LogOptions ALL = new LogOptions(false, false, null, null, null);
}
