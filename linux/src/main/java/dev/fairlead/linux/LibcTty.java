package dev.fairlead.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of the C library that pseudo-terminals need; results as in {@link Libc}. */
final class LibcTty {
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int EFD_CLOEXEC = 0x8_0000;
  private static final long TIOCSWINSZ = 0x5414;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int NAME_BYTES = 64;

  private static final MethodHandle OPENPT =
      Libc.function("posix_openpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle GRANTPT =
      Libc.function("grantpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle UNLOCKPT =
      Libc.function("unlockpt", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle PTSNAME =
      Libc.function("ptsname_r", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle EVENTFD =
      Libc.function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle POLL =
      Libc.function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle READ =
      Libc.function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      Libc.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle IOCTL =
      Libc.variadic("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

  private LibcTty() {}

  static int openMaster() {
    int flags = O_RDWR | O_NOCTTY | O_NONBLOCK | Libc.O_CLOEXEC;
    return (int) Libc.call((arena, state) -> (int) OPENPT.invokeExact(state, flags));
  }

  /** Makes the slave usable and names it. */
  static String slaveName(int master) throws LinkException {
    check("grant", (int) Libc.call((arena, state) -> (int) GRANTPT.invokeExact(state, master)));
    check("unlock", (int) Libc.call((arena, state) -> (int) UNLOCKPT.invokeExact(state, master)));
    String[] name = new String[1];
    int result =
        (int)
            Libc.call((arena, state) -> {
              MemorySegment buffer = arena.allocate(NAME_BYTES);
              int code = (int) PTSNAME.invokeExact(state, master, buffer, (long) NAME_BYTES);
              name[0] = buffer.getString(0);
              return code == 0 ? 0 : -1;
            });
    check("name", result);
    return name[0];
  }

  private static void check(String what, int result) throws LinkException {
    if (result < 0) {
      throw new LinkException(what + " a pseudo-terminal", -result);
    }
  }

  static int eventDescriptor() {
    return (int) Libc.call((arena, state) -> (int) EVENTFD.invokeExact(state, 0, EFD_CLOEXEC));
  }

  /** Makes an event descriptor readable for ever. */
  static void signal(int event) {
    long _ =
        Libc.call((arena, state) -> {
          MemorySegment one = arena.allocate(JAVA_LONG);
          one.set(JAVA_LONG, 0, 1);
          return (long) WRITE.invokeExact(state, event, one, 8L);
        });
  }

  /** Waits until the master can be used or the event is signalled. */
  static int awaitReady(int master, int event, boolean forReading) {
    return (int)
        Libc.call((arena, state) -> {
          MemorySegment polled = arena.allocate(16, 4);
          polled.set(JAVA_INT, 0, master);
          polled.set(JAVA_SHORT, 4, forReading ? POLLIN : POLLOUT);
          polled.set(JAVA_INT, 8, event);
          polled.set(JAVA_SHORT, 12, POLLIN);
          return (int) POLL.invokeExact(state, polled, 2L, -1);
        });
  }

  static int read(int master, byte[] target) {
    return (int)
        Libc.call((arena, state) -> {
          MemorySegment buffer = arena.allocate(Math.max(1, target.length));
          long count = (long) READ.invokeExact(state, master, buffer, (long) target.length);
          if (count > 0) {
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, 0, (int) count);
          }
          return count;
        });
  }

  static int write(int master, byte[] source, int from, int length) {
    return (int)
        Libc.call((arena, state) -> {
          MemorySegment buffer = arena.allocate(Math.max(1, length));
          MemorySegment.copy(source, from, buffer, ValueLayout.JAVA_BYTE, 0, length);
          return (long) WRITE.invokeExact(state, master, buffer, (long) length);
        });
  }

  /** {@code struct winsize}: rows, columns, and two sizes in pixels that nobody uses. */
  static int resize(int master, int columns, int rows) {
    return (int)
        Libc.call((arena, state) -> {
          MemorySegment size = arena.allocate(8, 2);
          size.set(JAVA_SHORT, 0, (short) rows);
          size.set(JAVA_SHORT, 2, (short) columns);
          return (int) IOCTL.invokeExact(state, master, TIOCSWINSZ, size);
        });
  }
}
