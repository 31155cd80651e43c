package dev.fairlead.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** {@link Nftables} by libnftables in this process. */
final class LibNftables implements Nftables {
  private static final String LIBRARY = "libnftables.so.1";

  /** The library's functions; looked up once, when first needed. */
  private static final class Library {
    static final SymbolLookup SYMBOLS = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    static final MethodHandle NEW =
        function("nft_ctx_new", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    static final MethodHandle FREE = function("nft_ctx_free", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle BUFFER_OUTPUT =
        function("nft_ctx_buffer_output", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle BUFFER_ERROR =
        function("nft_ctx_buffer_error", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle GET_OUTPUT =
        function("nft_ctx_get_output_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS));
    static final MethodHandle GET_ERROR =
        function("nft_ctx_get_error_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS));
    static final MethodHandle RUN =
        function("nft_run_cmd_from_buffer", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
      return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), descriptor);
    }
  }

  private final NetworkNamespace namespace;
  private MemorySegment context;

  LibNftables(NetworkNamespace namespace) throws IOException {
    this.namespace = namespace;
    requireLibrary();
    this.context = namespace.call(LibNftables::newContext);
  }

  /**
   * @throws IOException naming the Debian package when the library is not installed
   */
  static void requireLibrary() throws IOException {
    try {
      SymbolLookup.libraryLookup(LIBRARY, Arena.ofAuto());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          LIBRARY
              + " is missing: install the Debian package libnftables1"
              + " (apt-get install libnftables1)",
          e);
    }
  }

  /** The context opens its netlink socket here, so this runs inside the namespace. */
  private static MemorySegment newContext() throws IOException {
    MemorySegment context;
    try {
      context = (MemorySegment) Library.NEW.invokeExact(0);
      if (context.equals(MemorySegment.NULL)) {
        throw new IOException("libnftables gives no context");
      }
      check((int) Library.BUFFER_OUTPUT.invokeExact(context));
      check((int) Library.BUFFER_ERROR.invokeExact(context));
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError(LIBRARY, e);
    }
    return context;
  }

  private static void check(int result) throws IOException {
    if (result != 0) {
      throw new IOException("libnftables: no memory for its buffers");
    }
  }

  @Override
  public synchronized String run(String commands) {
    MemorySegment open = context;
    if (open.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("nftables of " + namespace.name() + " is closed");
    }
    try {
      return namespace.call(() -> runInside(open, commands));
    } catch (IOException e) {
      throw new UncheckedIOException("nftables of " + namespace.name(), e);
    }
  }

  private static String runInside(MemorySegment context, String commands) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(commands, StandardCharsets.UTF_8);
      int result = (int) Library.RUN.invokeExact(context, text);
      String output = string((MemorySegment) Library.GET_OUTPUT.invokeExact(context));
      String error = string((MemorySegment) Library.GET_ERROR.invokeExact(context));
      if (result != 0) {
        throw new NftablesException(error.isBlank() ? "nft failed without a message" : error);
      }
      return output;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError(LIBRARY, e);
    }
  }

  private static String string(MemorySegment text) {
    return text.equals(MemorySegment.NULL)
        ? ""
        : text.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    MemorySegment open = context;
    context = MemorySegment.NULL;
    if (open.equals(MemorySegment.NULL)) {
      return;
    }
    try {
      Library.FREE.invokeExact(open);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError(LIBRARY, e);
    }
  }
}
