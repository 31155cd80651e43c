package dev.fairlead.kubelet.pod;

/** A container could not be started; what its status then says. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final Kind kind;

  enum Kind {
    /** No such image: back off. */
    IMAGE,
    /** Something it refers to is missing, or it cannot be made: look again later. */
    CONFIG,
    /** It was described wrongly: counts as a run that failed. */
    START
  }

  StartFailure(Kind kind, String reason, String message) {
    super(message);
    this.kind = kind;
    this.reason = reason;
  }

  Kind kind() {
    return kind;
  }

  String reason() {
    return reason;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
