package dev.fairlead.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlServerTest {
  @TempDir Path folder;

  @Test
  void answersEachQuestion_alsoManyAtOnce() throws IOException {
    Path path = folder.resolve("control.sock");
    Files.writeString(path, "left by a crash");
    try (ControlServer server = ControlServer.start(path, question -> "<" + question + ">")) {
      assertThat(server).isNotNull();
      assertThat(
              IntStream.range(0, 100)
                  .parallel()
                  .mapToObj(number -> ask(path, "question " + number)))
          .hasSize(100)
          .allMatch(answer -> answer.matches("<question \\d+>"));
    }
    assertThat(path).doesNotExist();
    assertThatThrownBy(() -> ControlServer.ask(path, "status")).isInstanceOf(IOException.class);
  }

  private static String ask(Path path, String question) {
    try {
      return ControlServer.ask(path, question);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
