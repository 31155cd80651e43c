package dev.fairlead.controllers.loadbalancer;

/**
 * A provider cannot give what a Service asks for as things are: the pool is empty, or the address
 * is taken or not one of the provider's. Trying again helps only after the Service or the pool has
 * changed.
 */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
