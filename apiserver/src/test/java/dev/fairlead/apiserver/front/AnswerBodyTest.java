package dev.fairlead.apiserver.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.http.HttpExchange.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerBodyTest {
  private final RecordingExchange exchange = new RecordingExchange();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 13_106}) // below 128 KiB
  void aShortOneIsSentAsAWhole(int words) throws IOException {
    exchange.header("accept-encoding", "gzip");
    String text = write(words);
    assertThat(exchange.state).isEqualTo("whole");
    assertThat(exchange.body.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(exchange.answered).containsExactly(new Header("A", "b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {13_108, 100_000})
  void aLongOneIsSentAsItComes(int words) throws IOException {
    String text = write(words);
    assertThat(exchange.state).isEqualTo("streamed");
    assertThat(exchange.body.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(exchange.answered).containsExactly(new Header("A", "b"));
    assertThat(exchange.largest).isLessThan(Compression.BYTES_MIN);
  }

  @Test
  void aLongOneIsCompressedForThoseWhoTakeIt() throws IOException {
    exchange.header("accept-encoding", "gzip");
    String text = write(50_000);
    assertThat(exchange.state).isEqualTo("streamed");
    assertThat(exchange.answered)
        .containsExactly(
            new Header("A", "b"),
            new Header("Content-Encoding", "gzip"),
            new Header("Vary", "Accept-Encoding"));
    GZIPInputStream plain =
        new GZIPInputStream(new ByteArrayInputStream(exchange.body.toByteArray()));
    assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "identity"})
  void oneThatBreaksOffIsNotEnded(String coding) {
    exchange.header("accept-encoding", coding);
    assertThatThrownBy(
            () -> {
              try (AnswerBody body = body()) {
                body.write(new byte[2 * Compression.BYTES_MIN]);
                throw new IllegalStateException("cannot be encoded");
              }
            })
        .hasMessage("cannot be encoded");
    assertThat(exchange.state).isEqualTo("streaming");
  }

  @Test
  void oneThatBreaksOffEarlyIsNotAnsweredAtAll() {
    assertThatThrownBy(
            () -> {
              try (AnswerBody body = body()) {
                body.write(new byte[100]);
                throw new IllegalStateException("cannot be encoded");
              }
            })
        .hasMessage("cannot be encoded");
    assertThat(exchange.state).isEmpty();
  }

  private String write(int words) throws IOException {
    String word = "ten bytes.";
    try (AnswerBody body = body()) {
      write(body, word.getBytes(StandardCharsets.UTF_8), words);
      body.end();
    }
    return word.repeat(words);
  }

  private static void write(OutputStream out, byte[] word, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      out.write(word[0]);
      out.write(word, 1, word.length - 1);
    }
  }

  private AnswerBody body() {
    return new AnswerBody(exchange, 200, List.of(new Header("A", "b")));
  }
}
