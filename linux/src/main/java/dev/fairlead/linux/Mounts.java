package dev.fairlead.linux;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Changes the mounts of the namespace that the calling thread is in ({@code mount(2)}). Only for
 * code that runs inside {@link MountNamespace#call}: anywhere else it would change the machine, so
 * it is an {@link IllegalStateException} there.
 *
 * <p>Every failure is a {@link LinkException} that names what was to be mounted where.
 */
public final class Mounts {
  private Mounts() {}

  /** Whether mounts that come and go elsewhere do so here ({@code mount_namespaces(7)}). */
  public enum Propagation {
    /** Neither way. */
    PRIVATE(LibcMounts.MS_PRIVATE),
    /** From the machine to here. */
    SLAVE(LibcMounts.MS_SLAVE),
    /** Neither way, and left out where the tree above it is bound elsewhere. */
    UNBINDABLE(LibcMounts.MS_UNBINDABLE);

    private final int flag;

    Propagation(int flag) {
      this.flag = flag;
    }
  }

  /**
   * Mounts an empty file system in memory.
   *
   * @param options for example {@code mode=755,size=64m}
   */
  public static void tmpfs(Path target, String options) throws IOException {
    check(
        LibcMounts.mount("tmpfs", target.toString(), "tmpfs", 0, inside(options)),
        "mount a tmpfs (%s) on %s".formatted(options, target));
  }

  /**
   * Makes a file or a directory appear at another place too.
   *
   * @param recursive with what is mounted below it
   */
  public static void bind(Path source, Path target, boolean recursive) throws IOException {
    long flags = LibcMounts.MS_BIND | (recursive ? LibcMounts.MS_REC : 0);
    check(
        LibcMounts.mount(inside(source.toString()), target.toString(), null, flags, null),
        "bind %s to %s".formatted(source, target));
  }

  /**
   * Takes the right to write away from a mount.
   *
   * @param recursive from all mounts below it too
   */
  public static void readOnly(Path target, boolean recursive) throws IOException {
    check(
        LibcMounts.setReadOnly(inside(target.toString()), recursive),
        "make the mount at %s read-only".formatted(target));
  }

  /**
   * Says how a mount takes part in what is mounted elsewhere.
   *
   * @param recursive all mounts below it too
   */
  public static void propagation(Path target, Propagation propagation, boolean recursive)
      throws IOException {
    long flags = propagation.flag | (recursive ? LibcMounts.MS_REC : 0);
    check(
        LibcMounts.mount("none", inside(target.toString()), null, flags, null),
        "make the mount at %s %s".formatted(target, propagation));
  }

  /** Puts a mount over the root of the namespace, so that who enters sees that one. */
  public static void becomeRoot(Path mount) throws IOException {
    String what = "make %s the root".formatted(mount);
    check(LibcMounts.chdir(inside(mount.toString())), what);
    check(LibcMounts.mount(".", "/", null, LibcMounts.MS_MOVE, null), what);
    check(LibcMounts.chroot("."), what);
    check(LibcMounts.chdir("/"), what);
  }

  /** Takes a mount away from its place; who uses it keeps it. */
  public static void detach(Path target) throws IOException {
    check(
        LibcMounts.unmount(inside(target.toString()), LibcMounts.MNT_DETACH),
        "unmount %s".formatted(target));
  }

  private static String inside(String argument) {
    if (!MountThread.isCurrent()) {
      throw new IllegalStateException("mounts are only changed inside a MountNamespace");
    }
    return argument;
  }

  private static void check(int result, String what) throws LinkException {
    if (result < 0) {
      throw new LinkException(what, -result);
    }
  }
}
