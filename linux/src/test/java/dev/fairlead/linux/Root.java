package dev.fairlead.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Tests of the kernel need root; elsewhere they are skipped and say so. */
final class Root {
  private Root() {}

  static void assume() {
    boolean root = new com.sun.security.auth.module.UnixSystem().getUid() == 0;
    assumeTrue(root, "needs root: makes network namespaces");
  }
}
