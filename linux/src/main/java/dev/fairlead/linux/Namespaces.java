package dev.fairlead.linux;

import java.io.IOException;
import java.nio.file.Path;

/** Makes and opens network namespaces. */
public final class Namespaces {
  private static final String OWN = "/proc/self/ns/net";

  private Namespaces() {}

  private static final class Home {
    static final KernelNamespace INSTANCE = new KernelNamespace("host", openOwn());

    private static int openOwn() {
      int descriptor = Libc.open(OWN, Libc.O_RDONLY | Libc.O_CLOEXEC);
      if (descriptor < 0) {
        throw new IllegalStateException("open " + OWN + ": " + Errno.text(-descriptor));
      }
      return descriptor;
    }
  }

  static KernelNamespace home() {
    return Home.INSTANCE;
  }

  /** The namespace in which this process started. Closing it does nothing. */
  public static NetworkNamespace host() {
    return home();
  }

  /**
   * Makes a new namespace, with its loopback up and nothing else in it.
   *
   * @param name for messages only; the kernel keeps no name
   * @throws LinkException with {@link Errno#EPERM} when the process may not make namespaces
   */
  public static NetworkNamespace create(String name) throws IOException {
    int descriptor = NamespaceWorkers.call(home(), () -> unshared(name));
    KernelNamespace namespace = new KernelNamespace(name, descriptor);
    try {
      namespace.links().setUp("lo");
    } catch (IOException | RuntimeException e) {
      namespace.close();
      throw e;
    }
    return namespace;
  }

  /**
   * Opens an existing namespace.
   *
   * @param path for example {@code /proc/4711/ns/net} or {@code /proc/4711/fd/12}
   */
  public static NetworkNamespace open(Path path) throws IOException {
    return new KernelNamespace(path.toString(), descriptor(path.toString()));
  }

  /** Runs on a worker, which goes back to where it was when this returns. */
  private static int unshared(String name) throws IOException {
    int result = Libc.unshare(Libc.CLONE_NEWNET);
    if (result < 0) {
      throw new LinkException("make network namespace " + name, -result);
    }
    return descriptor("/proc/thread-self/ns/net");
  }

  private static int descriptor(String path) throws IOException {
    int descriptor = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC);
    if (descriptor < 0) {
      throw new LinkException("open namespace " + path, -descriptor);
    }
    return descriptor;
  }
}
