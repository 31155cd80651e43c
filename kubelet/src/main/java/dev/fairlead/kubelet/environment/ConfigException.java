package dev.fairlead.kubelet.environment;

/** A container's configuration cannot be made up; the message is the one people see. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
