package dev.fairlead.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.http.MemoryDuplex;
import dev.fairlead.http.stream.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WebSocketTest {
  private static final byte[] MASK = {1, 2, 3, 4};
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /** A frame as clients send it. */
  private void frame(int first, byte... payload) {
    said.write(first);
    if (payload.length < 126) {
      said.write(0x80 | payload.length);
    } else {
      said.write(0x80 | 127);
      said.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    said.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      said.write(payload[i] ^ MASK[i % 4]);
    }
  }

  private MemoryDuplex duplex() {
    return new MemoryDuplex(said.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void theHandshakeOfTheSpecification() {
    assertThat(Handshake.answer("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @Test
  void fragmentsArePiecesOfOneMessage_andPingsAreAnsweredBetweenThem() throws IOException {
    frame(0x02, ascii("he"));
    frame(0x89, ascii("p"));
    frame(0x80, ascii("y"));
    frame(0x82, new byte[100_000]);
    frame(0x88, (byte) 3, (byte) 0xe8);
    MemoryDuplex duplex = duplex();
    WebSocketDuplex socket = new WebSocketDuplex(new WebSocket(duplex));
    byte[] all = socket.in().readAllBytes();
    assertThat(all).hasSize(100_003);
    assertThat(new String(all, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("hey");
    assertThat(duplex.answered()).containsExactly(0x8a, 1, 'p', 0x88, 2, 3, 0xe8);
  }

  @Test
  void channelsAreToldApart_andOneCanBeClosed() throws Exception {
    frame(0x82, ascii("\0in"));
    frame(0x82, (byte) 255, (byte) 0);
    frame(0x82, ascii("\1x"));
    frame(0x88);
    MemoryDuplex duplex = duplex();
    ChannelConnection connection =
        ChannelConnection.start(
            new WebSocket(duplex),
            List.of(Map.of("streamtype", "stdin"), Map.of("streamtype", "resize")),
            true);
    ByteStream stdin = connection.accept();
    assertThat(stdin.header("streamtype")).isEqualTo("stdin");
    assertThat(stdin.in().readAllBytes()).isEqualTo(ascii("in"));
    ByteStream resize = connection.accept();
    assertThat(resize.in().read()).isEqualTo('x');
    assertThat(connection.accept()).isNull();
  }

  @Test
  void whenThePeerTakesItsLeave_whatItSentIsRead_andThenTheEnd() throws Exception {
    frame(0x82, ascii("\0in"));
    frame(0x88, (byte) 3, (byte) 0xe8);
    ChannelConnection connection =
        ChannelConnection.start(
            new WebSocket(duplex()), List.of(Map.of("streamtype", "stdin")), false);
    assertThat(connection.accept().in().readAllBytes()).isEqualTo(ascii("in"));
    assertThat(connection.accept()).isNull();
  }

  private static ChannelConnection channel(MemoryDuplex duplex) {
    return ChannelConnection.start(
        new WebSocket(duplex), List.of(Map.of("streamtype", "stdin")), false);
  }

  @Test
  void aClientIsThereWhenItAnswersThePing_orSaysSomethingOfItsOwn() throws Exception {
    for (int first : new int[] {0x8a, 0x82}) {
      said.reset();
      frame(first, ascii(first == 0x8a ? "?" : "\0in"));
      try (MemoryDuplex duplex = MemoryDuplex.open(said.toByteArray())) {
        channel(duplex).awaitClient(FOR_EVER);
        assertThat(duplex.answered()).startsWith(0x89, 1, '?');
      }
    }
  }

  @Test
  void aClientThatHasLeftIsNotWaitedFor() throws Exception {
    frame(0x88, (byte) 3, (byte) 0xe8);
    channel(duplex()).awaitClient(FOR_EVER);
  }

  @Test
  void aClientThatAnswersNoPingIsNotWaitedForForEver() throws Exception {
    frame(0x8a, ascii("an answer to nothing"));
    try (MemoryDuplex duplex = MemoryDuplex.open(said.toByteArray())) {
      channel(duplex).awaitClient(Duration.ofMillis(1));
      assertThat(duplex.answered()).startsWith(0x89, 1, '?');
    }
  }

  @Test
  void aFrameWithoutMaskIsAProtocolError() {
    said.writeBytes(new byte[] {(byte) 0x82, 1, 'x'});
    MemoryDuplex duplex = duplex();
    assertThatThrownBy(() -> new WebSocket(duplex).read())
        .isInstanceOfSatisfying(
            WebSocketException.class, e -> assertThat(e.code()).isEqualTo(1002));
    assertThat(duplex.answered()).startsWith(0x88).contains(0xea);
  }

  @Test
  void reservedBitsStrayContinuationsAndLongPingsAreRefused() {
    for (int first : new int[] {0xc2, 0x80, 0x83, 0x8b, 0x09}) {
      said.reset();
      frame(first, ascii("x"));
      assertThatThrownBy(() -> new WebSocket(duplex()).read())
          .isInstanceOf(WebSocketException.class);
    }
  }
}
