package dev.fairlead.kubelet.runtime;

/** The runtime has no such image. */
public final class ImageNotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message says where was looked and what to do. */
  public ImageNotFoundException(String message) {
    super(message);
  }
}
