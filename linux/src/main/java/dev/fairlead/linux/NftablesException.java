package dev.fairlead.linux;

/** The kernel or nft refused a transaction; nothing of it was carried out. */
public final class NftablesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NftablesException(String message) {
    super(message);
  }
}
