package dev.fairlead.apiserver.front;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells one state of a document from another (RFC 9110, section 8.8.3). */
public final class EntityTag {
  private EntityTag() {}

  /** The tag of these bytes, without quotes: SHA-512 in upper-case hexadecimal, as upstream. */
  public static String of(byte[] bytes) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK knows SHA-512", e);
    }
  }
}
