package dev.fairlead.kubelet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Tests of the kernel need root; elsewhere they are skipped and say so. */
public final class Root {
  private Root() {}

  public static void assume() {
    boolean root = new com.sun.security.auth.module.UnixSystem().getUid() == 0;
    assumeTrue(root, "needs root: makes namespaces");
  }
}
