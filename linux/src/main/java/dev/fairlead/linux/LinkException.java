package dev.fairlead.linux;

import java.io.IOException;

/** The kernel refused an operation; the message names the operation, its arguments and why. */
public final class LinkException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param operation what was tried, with names: {@code add veth a (peer b in pod-1)}
   * @param errno the kernel's error number, positive
   */
  public LinkException(String operation, int errno) {
    this(operation, errno, "");
  }

  /**
   * @param detail the kernel's own sentence, or empty
   */
  public LinkException(String operation, int errno, String detail) {
    super(operation + ": " + Errno.text(errno) + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.errno = errno;
  }

  /** One of {@link Errno}, or another of the kernel's numbers. */
  public int errno() {
    return errno;
  }
}
