package dev.fairlead.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few functions of the C library that the JDK does not offer. Each returns what the function
 * returns, or the negated errno, as the kernel itself does; {@link Errno} names it.
 */
final class Libc {
  static final int CLONE_NEWNET = 0x4000_0000;
  static final int CLONE_NEWNS = 0x2_0000;
  static final int CLONE_FS = 0x200;
  static final int O_RDONLY = 0;
  static final int O_CLOEXEC = 0x8_0000;
  static final int AF_NETLINK = 16;
  static final int SOCK_RAW = 3;
  static final int SOCK_CLOEXEC = 0x8_0000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle UNSHARE =
      function("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SETNS =
      function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle OPEN =
      variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT =
      function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SEND =
      function("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle RECV =
      function("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle KILL =
      function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle EXECVPE =
      function("execvpe", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Libc() {}

  static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  static MethodHandle variadic(String name, int fixed, FunctionDescriptor descriptor) {
    int arguments = descriptor.argumentLayouts().size();
    return fixed == arguments
        ? function(name, descriptor)
        : LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow(name),
            descriptor,
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(fixed));
  }

  /** One native call, given the segment that receives errno. */
  @FunctionalInterface
  interface Call {
    long run(Arena arena, MemorySegment state) throws Throwable;
  }

  static long call(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = call.run(arena, state);
      return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("a call of the C library failed", e);
    }
  }

  static int unshare(int flags) {
    return (int) call((arena, state) -> (int) UNSHARE.invokeExact(state, flags));
  }

  static int setns(int descriptor, int type) {
    return (int) call((arena, state) -> (int) SETNS.invokeExact(state, descriptor, type));
  }

  static int open(String path, int flags) {
    return (int)
        call((arena, state) -> (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags));
  }

  static int close(int descriptor) {
    return (int) call((arena, state) -> (int) CLOSE.invokeExact(state, descriptor));
  }

  static int socket(int family, int type, int protocol) {
    return (int) call((arena, state) -> (int) SOCKET.invokeExact(state, family, type, protocol));
  }

  static int setOption(int descriptor, int level, int option, byte[] value) {
    return (int)
        call((arena, state) ->
            (int)
                SETSOCKOPT.invokeExact(
                    state, descriptor, level, option, bytes(arena, value), value.length));
  }

  static int send(int descriptor, byte[] message) {
    return (int)
        call((arena, state) ->
            (long)
                SEND.invokeExact(
                    state, descriptor, bytes(arena, message), (long) message.length, 0));
  }

  /** Receives one datagram into native memory; returns its length. */
  static int receive(int descriptor, MemorySegment buffer) {
    return (int)
        call((arena, state) ->
            (long) RECV.invokeExact(state, descriptor, buffer, buffer.byteSize(), 0));
  }

  static int kill(int pid, int signal) {
    return (int) call((arena, state) -> (int) KILL.invokeExact(state, pid, signal));
  }

  /** Only returns when it failed. */
  static int execvpe(String file, String[] arguments, String[] environment) {
    return (int)
        call((arena, state) ->
            (int)
                EXECVPE.invokeExact(
                    state,
                    arena.allocateFrom(file),
                    strings(arena, arguments),
                    strings(arena, environment)));
  }

  static String strerror(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("strerror", e);
    }
  }

  private static MemorySegment bytes(Arena arena, byte[] bytes) {
    MemorySegment segment = arena.allocate(Math.max(1, bytes.length), 8);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment, 0, bytes.length);
    return segment;
  }

  /** A null-terminated array of C strings. */
  private static MemorySegment strings(Arena arena, String[] values) {
    MemorySegment array = arena.allocate(ADDRESS, values.length + 1L);
    for (int i = 0; i < values.length; i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(values[i]));
    }
    array.setAtIndex(ADDRESS, values.length, MemorySegment.NULL);
    return array;
  }
}
