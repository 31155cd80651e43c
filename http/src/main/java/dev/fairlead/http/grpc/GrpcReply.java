package dev.fairlead.http.grpc;

/**
 * How a call ended.
 *
 * @param code of {@link GrpcCode}
 * @param text for people; empty when it went well
 * @param message the answer in its encoded form; empty when there is none
 */
public record GrpcReply(int code, String text, byte[] message) {
  static GrpcReply failed(int code, String text) {
    return new GrpcReply(code, text, new byte[0]);
  }
}
