package dev.fairlead.kubelet.probe;

/**
 * What one check said.
 *
 * @param message for people; may be empty on success
 * @param ran false when the check itself could not be made
 */
public record Answer(boolean success, String message, boolean ran) {
  /** Success, as there was nothing to ask. */
  public static final Answer NOTHING = new Answer(true, "", true);

  static Answer success(String message) {
    return new Answer(true, message, true);
  }

  static Answer failure(String message) {
    return new Answer(false, message, true);
  }

  static Answer error(String message) {
    return new Answer(false, message, false);
  }
}
