package dev.fairlead.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The C library's functions about mounts; results as those of {@link Libc}. */
final class LibcMounts {
  static final int MS_BIND = 0x1000;
  static final int MS_MOVE = 0x2000;
  static final int MS_REC = 0x4000;
  static final int MS_UNBINDABLE = 0x2_0000;
  static final int MS_PRIVATE = 0x4_0000;
  static final int MS_SLAVE = 0x8_0000;
  static final int MNT_DETACH = 2;

  private static final int AT_FDCWD = -100;
  private static final int AT_RECURSIVE = 0x8000;
  private static final long MOUNT_ATTR_RDONLY = 1;

  /** The same on every architecture, as it is of all newer calls. */
  private static final long SYS_MOUNT_SETATTR = 442;

  /** {@code struct mount_attr}: what to set, what to clear, propagation, a user namespace. */
  private static final StructLayout ATTRIBUTES =
      MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle MOUNT =
      Libc.function(
          "mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
  private static final MethodHandle UMOUNT =
      Libc.function("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CHDIR =
      Libc.function("chdir", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle FCHDIR =
      Libc.function("fchdir", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle CHROOT =
      Libc.function("chroot", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle SYSCALL =
      Libc.variadic(
          "syscall",
          1,
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG));

  private LibcMounts() {}

  static int mount(
      String source, String target, @Nullable String type, long flags, @Nullable String options) {
    return (int)
        Libc.call((arena, state) -> {
          MemorySegment kind = type == null ? MemorySegment.NULL : arena.allocateFrom(type);
          MemorySegment data = options == null ? MemorySegment.NULL : arena.allocateFrom(options);
          return (int)
              MOUNT.invokeExact(
                  state, arena.allocateFrom(source), arena.allocateFrom(target), kind, flags, data);
        });
  }

  static int unmount(String target, int flags) {
    return (int)
        Libc.call(
            (arena, state) -> (int) UMOUNT.invokeExact(state, arena.allocateFrom(target), flags));
  }

  static int chdir(String path) {
    return (int)
        Libc.call((arena, state) -> (int) CHDIR.invokeExact(state, arena.allocateFrom(path)));
  }

  static int chdir(int descriptor) {
    return (int) Libc.call((arena, state) -> (int) FCHDIR.invokeExact(state, descriptor));
  }

  static int chroot(String path) {
    return (int)
        Libc.call((arena, state) -> (int) CHROOT.invokeExact(state, arena.allocateFrom(path)));
  }

  /** {@code mount_setattr(2)}, since Linux 5.12. */
  static int setReadOnly(String target, boolean recursive) {
    return (int)
        Libc.call((arena, state) -> {
          MemorySegment attributes = arena.allocate(ATTRIBUTES);
          attributes.set(JAVA_LONG, 0, MOUNT_ATTR_RDONLY);
          return (long)
              SYSCALL.invokeExact(
                  state,
                  SYS_MOUNT_SETATTR,
                  (long) AT_FDCWD,
                  arena.allocateFrom(target),
                  recursive ? (long) AT_RECURSIVE : 0L,
                  attributes,
                  ATTRIBUTES.byteSize());
        });
  }
}
