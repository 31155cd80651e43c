package dev.fairlead.http.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcAnswerTest {
  @ParameterizedTest
  @CsvSource({
    "404, application/grpc, 12, 'unexpected HTTP status code received from server: 404 (Not"
        + " Found)'",
    "503, text/plain, 14, 'unexpected HTTP status code received from server: 503 (Service"
        + " Unavailable); transport: received unexpected content-type \"text/plain\"'",
    "200, text/html, 2, 'transport: received unexpected content-type \"text/html\"'",
    "500, application/grpc, 2, 'unexpected HTTP status code received from server: 500 (Internal"
        + " Server Error)'",
  })
  void whatIsNoGrpc(String status, String type, int code, String text) {
    GrpcReply reply =
        new GrpcAnswer()
            .headers(new DefaultHttp2Headers().status(status).add("content-type", type), false);
    assertReply(reply, code, text);
  }

  @Test
  void anAnswerThatIsCutShort() {
    GrpcAnswer answer = new GrpcAnswer();
    assertThat(
            answer.headers(
                new DefaultHttp2Headers().status("200").add("content-type", "application/grpc"),
                false))
        .isNull();
    assertReply(
        answer.data(Unpooled.wrappedBuffer(new byte[] {0, 0}), true),
        GrpcCode.INTERNAL,
        "server closed the stream without sending trailers");
    assertReply(
        answer.headers(new DefaultHttp2Headers().add("grpc-status", "0"), true),
        GrpcCode.INTERNAL,
        "the answer carries no plain message");
  }

  @Test
  void aStatusThatIsNoNumber() {
    assertReply(
        new GrpcAnswer().headers(new DefaultHttp2Headers().add("grpc-status", "?"), true),
        GrpcCode.UNKNOWN,
        "");
  }

  @Test
  void aResetCall() {
    assertReply(
        GrpcAnswer.reset(Http2Error.REFUSED_STREAM.code()),
        GrpcCode.UNAVAILABLE,
        "stream terminated by RST_STREAM with error code: REFUSED_STREAM");
  }

  private static void assertReply(@Nullable GrpcReply reply, int code, String text) {
    assertThat(reply).isNotNull();
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.text()).isEqualTo(text);
  }
}
