package dev.fairlead.kubelet.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00.5Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  private static void print(ContainerLog log, String text) throws IOException {
    log.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "stdout");
  }

  private static String read(ContainerLog log, LogOptions options) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new LogReader(log, options, out, () -> false).run();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesAreKeptInCriFormat() throws Exception {
    ContainerLog log = ContainerLog.create(folder.resolve("0.log"), CLOCK, LogBounds.DEFAULT);
    print(log, "one\n\ntwo");
    assertThat(Files.readString(log.path()))
        .isEqualTo(
            """
            2026-01-01T00:00:00.500000000Z stdout F one
            2026-01-01T00:00:00.500000000Z stdout F\s
            2026-01-01T00:00:00.500000000Z stdout F two
            """);
    assertThat(read(log, LogOptions.ALL)).isEqualTo("one\n\ntwo\n");
    log.close();
  }

  @Test
  void aLongLineIsSplitAndReadAsOne() throws Exception {
    ContainerLog log = ContainerLog.create(folder.resolve("0.log"), CLOCK, LogBounds.DEFAULT);
    String line = "x".repeat(40_000) + "\n";
    print(log, line);
    assertThat(Files.readString(log.path())).contains("stdout P x");
    assertThat(read(log, LogOptions.ALL)).isEqualTo(line);
    log.close();
  }

  @Test
  void oldFilesAreDroppedAndTheRestIsReadInOrder() throws Exception {
    ContainerLog log = ContainerLog.create(folder.resolve("0.log"), CLOCK, new LogBounds(100, 3));
    for (int i = 0; i < 20; i++) {
      print(log, "line " + i + "\n");
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("0.log", "0.log.1", "0.log.2");
    String text = read(log, LogOptions.ALL);
    assertThat(text).endsWith("line 18\nline 19\n").doesNotContain("line 3\n");
    assertThat(read(log, new LogOptions(false, false, 3L, null, null)))
        .isEqualTo("line 17\nline 18\nline 19\n");
    log.close();
  }

  @Test
  void aFollowerSeesWhatComesAcrossRotationAndTheEnd() throws Exception {
    ContainerLog log = ContainerLog.create(folder.resolve("0.log"), CLOCK, new LogBounds(100, 50));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompletableFuture<Void> done = new CompletableFuture<>();
    LogOptions follow = new LogOptions(true, false, null, null, null);
    Thread.ofVirtual()
        .start(() -> {
          try {
            new LogReader(log, follow, out, () -> false).run();
            done.complete(null);
          } catch (IOException | InterruptedException e) {
            done.completeExceptionally(e);
          }
        });
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      print(log, "line " + i + "\n");
      expected.append("line ").append(i).append('\n');
    }
    Awaitility.await().until(() -> out.toString(StandardCharsets.UTF_8).contains("line 29"));
    assertThat(done).isNotDone();
    log.close();
    Awaitility.await().until(done::isDone);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
  }
}
