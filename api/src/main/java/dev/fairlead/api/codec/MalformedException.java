package dev.fairlead.api.codec;

/** Bytes that are not what they should be; the message says where, for a person. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message, null, false, false);
  }
}
