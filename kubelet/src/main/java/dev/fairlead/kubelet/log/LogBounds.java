package dev.fairlead.kubelet.log;

/**
 * How much of a container's output is kept.
 *
 * @param fileBytesMax a file that has grown past this is rotated
 * @param filesMax files per container run, the current one included
 */
public record LogBounds(long fileBytesMax, int filesMax) {
  /** Five files of 10 MiB, as upstream. */
  public static final LogBounds DEFAULT = new LogBounds(10L << 20, 5);

  public LogBounds {
    if (fileBytesMax < 1 || filesMax < 1) {
      throw new IllegalArgumentException("log bounds must be positive");
    }
  }
}
