package dev.fairlead.kubelet.runtime;

/** A container could not be started for a reason that lies in its own description. */
public final class ContainerStartException extends Exception {
  private static final long serialVersionUID = 1L;

  public ContainerStartException(String message) {
    super(message);
  }
}
