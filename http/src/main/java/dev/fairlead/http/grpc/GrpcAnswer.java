package dev.fairlead.http.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the answer to one call: headers, one message, trailers (gRPC over HTTP/2). A message of
 * more than {@link #MESSAGE_BYTES_MAX} is refused.
 */
final class GrpcAnswer {
  static final int PREFIX_BYTES = 5;

  /** Less than HTTP/2's first window, so that no window has to be opened further. */
  private static final int MESSAGE_BYTES_MAX = 32 * 1024;

  private static final String TYPE = "application/grpc";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean begun;

  /** Headers, or trailers; returns the reply when they are the last. */
  @Nullable GrpcReply headers(Http2Headers headers, boolean last) {
    if (headers.contains("grpc-status")) {
      return status(headers);
    }
    if (!begun) {
      begun = true;
      GrpcReply strange = strange(headers);
      if (strange != null) {
        return strange;
      }
    }
    return last ? cut() : null;
  }

  /** A part of the message; returns the reply when the other side ends without trailers. */
  @Nullable GrpcReply data(ByteBuf part, boolean last) {
    if (body.size() + part.readableBytes() > PREFIX_BYTES + MESSAGE_BYTES_MAX) {
      return GrpcReply.failed(
          GrpcCode.RESOURCE_EXHAUSTED,
          "grpc: received message larger than max (%d vs. %d)"
              .formatted(body.size() + part.readableBytes(), MESSAGE_BYTES_MAX));
    }
    byte[] bytes = new byte[part.readableBytes()];
    part.readBytes(bytes);
    body.writeBytes(bytes);
    return last ? cut() : null;
  }

  /** The other side gives the call up. */
  static GrpcReply reset(long error) {
    Http2Error known = Http2Error.valueOf(error);
    int code =
        switch (known) {
          case REFUSED_STREAM -> GrpcCode.UNAVAILABLE;
          case ENHANCE_YOUR_CALM -> GrpcCode.RESOURCE_EXHAUSTED;
          case INADEQUATE_SECURITY -> GrpcCode.PERMISSION_DENIED;
          default -> GrpcCode.INTERNAL;
        };
    return GrpcReply.failed(code, "stream terminated by RST_STREAM with error code: " + known);
  }

  private GrpcReply status(Http2Headers trailers) {
    String text = text(trailers, "grpc-message");
    int code = number(text(trailers, "grpc-status"));
    if (code != GrpcCode.OK) {
      return GrpcReply.failed(code, decoded(text));
    }
    byte[] all = body.toByteArray();
    if (all.length < PREFIX_BYTES || all[0] != 0) {
      return GrpcReply.failed(GrpcCode.INTERNAL, "the answer carries no plain message");
    }
    return new GrpcReply(code, "", Arrays.copyOfRange(all, PREFIX_BYTES, all.length));
  }

  /** What is wrong with an answer that is not gRPC's; null when nothing is. */
  private static @Nullable GrpcReply strange(Http2Headers headers) {
    int status = number(String.valueOf(headers.status()));
    String type = text(headers, "content-type");
    if (status == HttpResponseStatus.OK.code() && type.startsWith(TYPE)) {
      return null;
    }
    StringBuilder why = new StringBuilder();
    if (status != HttpResponseStatus.OK.code()) {
      why.append("unexpected HTTP status code received from server: ")
          .append(status)
          .append(" (")
          .append(HttpResponseStatus.valueOf(Math.max(status, 0)).reasonPhrase())
          .append(')');
    }
    if (!type.startsWith(TYPE)) {
      why.append(why.isEmpty() ? "" : "; ")
          .append("transport: received unexpected content-type \"")
          .append(type)
          .append('"');
    }
    return GrpcReply.failed(GrpcCode.ofHttp(status), why.toString());
  }

  private static GrpcReply cut() {
    return GrpcReply.failed(GrpcCode.INTERNAL, "server closed the stream without sending trailers");
  }

  private static String text(Http2Headers headers, String name) {
    CharSequence value = headers.get(name);
    return value == null ? "" : value.toString();
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : GrpcCode.UNKNOWN;
  }

  /** The text is percent-encoded; one that is not well-formed is taken as it stands. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
