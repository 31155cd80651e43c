package dev.fairlead.kubelet.volume;

/** A volume cannot be set up, for a reason that may pass; the message is the one people see. */
public final class VolumeException extends Exception {
  private static final long serialVersionUID = 1L;

  public VolumeException(String message) {
    super(message);
  }

  /** The same, saying of which volume. */
  VolumeException of(String volume) {
    return new VolumeException(
        "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(volume, getMessage()));
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
