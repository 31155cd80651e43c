package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.host.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoiningTest {
  private final List<String> said = new ArrayList<>();

  /**
   * A row: what is found, one time after the other ({@code -} nobody, {@code silent} a process that
   * does not answer, or a state), whether there is a cluster in the end, and whether anything was
   * said.
   */
  @ParameterizedTest
  @CsvSource({
    "-, false, false",
    "ready, true, false",
    "silent starting ready, true, true",
    "silent silent -, false, true",
    "starting silent -, false, true",
    "silent - ready, false, true",
  })
  void waitsAsLongAsSomebodyStarts(String found, boolean there, boolean says) {
    Optional<ObjectNode> status = joining(found.split(" ")).await();
    assertThat(status.isPresent()).isEqualTo(there);
    assertThat(said).hasSize(says ? 1 : 0);
  }

  @Test
  void doesNotWaitForever() {
    assertThatThrownBy(() -> joining("starting").await())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("does not get ready");
  }

  private Joining joining(String... found) {
    int[] now = {0};
    return new Joining(
        () -> !found[now[0]].equals("-"),
        () -> answer(found[now[0]]),
        () -> now[0] = Math.min(now[0] + 1, found.length - 1),
        said::add);
  }

  private static Optional<ObjectNode> answer(String found) {
    return found.equals("-") || found.equals("silent")
        ? Optional.empty()
        : Optional.of(Json.object().put("state", found));
  }
}
