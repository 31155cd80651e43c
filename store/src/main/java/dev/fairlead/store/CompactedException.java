package dev.fairlead.store;

/** A revision was asked for that is older than what the store keeps. */
public final class CompactedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long compactedRevision;

  public CompactedException(long compactedRevision) {
    super("required revision has been compacted; oldest kept follows " + compactedRevision);
    this.compactedRevision = compactedRevision;
  }

  /** The newest revision that is compacted. */
  public long compactedRevision() {
    return compactedRevision;
  }
}
