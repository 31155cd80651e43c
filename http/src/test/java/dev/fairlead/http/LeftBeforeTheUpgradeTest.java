package dev.fairlead.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.http.HttpExchange.Duplex;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A peer that goes between the handler's upgrade and the event loop's part of it. */
class LeftBeforeTheUpgradeTest {
  private final CompletableFuture<Void> begin = new CompletableFuture<>();
  private final CompletableFuture<Void> upgraded = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final CompletableFuture<Integer> read = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** The channel of this test knows no second thread: each of the two waits for the other. */
  private void handle(HttpExchange exchange) throws IOException {
    begin.join();
    Duplex raw = exchange.upgrade(List.of());
    raw.onClose(() -> closed.complete(null));
    upgraded.complete(null);
    read.complete(raw.in().read());
    end.join();
  }

  @Test
  void theOneWhoReadsIsToldOfTheEnd() throws Exception {
    Connections connections =
        new Connections("test", HttpServerSettings.DEFAULT, this::handle, null);
    EmbeddedChannel channel = new EmbeddedChannel(new Pipeline(connections, null));
    String request = "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
    boolean _ = channel.writeInbound(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    begin.complete(null);
    upgraded.get(30, SECONDS);
    var _ = channel.pipeline().close();
    channel.runPendingTasks();
    assertThat(read.get(30, SECONDS)).isEqualTo(-1);
    assertThat(closed).isCompleted();
    boolean _ = channel.finishAndReleaseAll();
    end.complete(null);
  }
}
