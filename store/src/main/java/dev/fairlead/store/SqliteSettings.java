package dev.fairlead.store;

/**
 * The bounds of a {@link SqliteStore}.
 *
 * @param readersMax connections that read at the same time; more readers wait
 * @param queueMax commits that wait for the writer; more callers block
 * @param recentEventsMax events kept in memory for watches
 * @param recentBytesMax bytes of their values
 * @param fileBytesMax size the file may grow to; beyond it commits fail
 */
public record SqliteSettings(
    int readersMax, int queueMax, int recentEventsMax, long recentBytesMax, long fileBytesMax) {

  /** Fits a cluster on one machine. */
  public static final SqliteSettings DEFAULT =
      new SqliteSettings(4, 1024, 8192, 16L << 20, 8L << 30);

  public SqliteSettings {
    if (readersMax < 1 || queueMax < 1 || recentEventsMax < 1 || recentBytesMax < 1) {
      throw new IllegalArgumentException("the bounds of a store must be positive");
    }
    if (fileBytesMax < SqliteFile.PAGE_BYTES * 16L) {
      throw new IllegalArgumentException("fileBytesMax is too small: " + fileBytesMax);
    }
  }
}
