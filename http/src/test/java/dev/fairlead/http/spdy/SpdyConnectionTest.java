package dev.fairlead.http.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.http.MemoryDuplex;
import dev.fairlead.http.stream.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's frames as bytes, the server's answers as bytes. */
@Timeout(30)
class SpdyConnectionTest {
  private final HeaderBlocks client = new HeaderBlocks();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream frames = new DataOutputStream(bytes);

  private void open(int id, Map<String, String> headers) throws IOException {
    byte[] block = client.pack(headers);
    control(FrameWriter.SYN_STREAM, 10 + block.length);
    frames.writeInt(id);
    frames.writeInt(0);
    frames.writeShort(0);
    frames.write(block);
  }

  private void control(int type, int length) throws IOException {
    frames.writeShort(0x8003);
    frames.writeShort(type);
    frames.writeInt(length);
  }

  private void data(int id, int flags, String text) throws IOException {
    frames.writeInt(id);
    frames.writeInt(flags << 24 | text.length());
    frames.writeBytes(text);
  }

  private static SpdyConnection start(MemoryDuplex duplex) {
    return SpdyConnection.start(duplex);
  }

  @Test
  void streamsCarryHeadersAndBytes_andHalfClose() throws Exception {
    open(1, Map.of("streamtype", "error"));
    open(3, Map.of("streamtype", "data"));
    data(3, 0, "hel");
    data(1, FrameWriter.FLAG_FIN, "");
    data(3, FrameWriter.FLAG_FIN, "lo");
    MemoryDuplex duplex = new MemoryDuplex(bytes.toByteArray());
    SpdyConnection connection = start(duplex);
    ByteStream error = connection.accept();
    ByteStream data = connection.accept();
    assertThat(error.header("streamtype")).isEqualTo("error");
    assertThat(error.in().readAllBytes()).isEmpty();
    assertThat(data.in().readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    assertThat(connection.accept()).isNull();
  }

  @Test
  void aStreamThatTheClientResetsThrows() throws Exception {
    open(1, Map.of());
    control(FrameWriter.RST_STREAM, 8);
    frames.writeInt(1);
    frames.writeInt(5);
    SpdyConnection connection = start(new MemoryDuplex(bytes.toByteArray()));
    ByteStream stream = connection.accept();
    assertThatThrownBy(() -> stream.in().readAllBytes()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream.out().write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void streamsThatNobodyHasAcceptedAreBounded_evenIfTheClientResetsEach() throws Exception {
    for (int id = 1; id < 10_000; id += 2) {
      open(id, Map.of());
      control(FrameWriter.RST_STREAM, 8);
      frames.writeInt(id);
      frames.writeInt(5);
    }
    CountDownLatch ended = new CountDownLatch(1);
    SpdyConnection connection = start(new MemoryDuplex(bytes.toByteArray()));
    connection.onEnd(ended::countDown);
    ended.await();
    int accepted = 0;
    while (connection.accept() != null) {
      accepted++;
    }
    assertThat(accepted).isPositive().isLessThanOrEqualTo(1024);
  }

  @Test
  void dataForAStreamThatWasNeverOpenedEndsTheConnection() throws Exception {
    data(5, 0, "x");
    AtomicBoolean ended = new AtomicBoolean();
    SpdyConnection connection = start(new MemoryDuplex(bytes.toByteArray()));
    connection.onEnd(() -> ended.set(true));
    assertThat(connection.accept()).isNull();
    await().untilTrue(ended);
  }

  @RepeatedTest(200)
  void noiseEndsTheConnectionAndNothingElse(org.junit.jupiter.api.RepetitionInfo repetition)
      throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    open(1, Map.of("a", "b"));
    data(1, 0, "hello");
    byte[] all = bytes.toByteArray();
    for (int i = 0; i < 3; i++) {
      all[random.nextInt(all.length)] = (byte) random.nextInt(256);
    }
    SpdyConnection connection = start(new MemoryDuplex(all));
    while (connection.accept() != null) {
      assertThat(connection).isNotNull();
    }
  }
}
