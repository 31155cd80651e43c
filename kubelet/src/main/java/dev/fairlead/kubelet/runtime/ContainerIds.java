package dev.fairlead.kubelet.runtime;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random container identifiers, 64 hexadecimal digits as container runtimes give them. */
final class ContainerIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private ContainerIds() {}

  static String next() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
