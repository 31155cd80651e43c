package dev.fairlead.apiserver.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Warnings;
import dev.fairlead.http.HttpExchange.Header;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarningHeadersTest {
  @Test
  void quotesAsRfc7234() {
    assertThat(WarningHeaders.of(List.of("unknown field \"spec.a\\b\"")))
        .containsExactly(new Header("Warning", "299 - \"unknown field \\\"spec.a\\\\b\\\"\""));
  }

  @Test
  void leavesOutWhatNoHeaderCanHold() {
    assertThat(WarningHeaders.of(List.of("one\ntwo", "three"))).hasSize(1);
  }

  @Test
  void upToFourThousandNinetySixCodePointsStandInFull() {
    List<String> texts = List.of("é".repeat(2_048), "😀".repeat(2_048));
    assertThat(WarningHeaders.of(texts))
        .extracting(header -> header.value().codePointCount(0, header.value().length()))
        .containsExactly(2_048 + 8, 2_048 + 8);
  }

  @Test
  void beyondThatEachIsCutAndTheRestIsLeftOut() {
    List<String> texts = IntStream.range(0, 40).mapToObj(i -> i + "😀".repeat(300)).toList();
    List<Header> headers = WarningHeaders.of(texts);
    assertThat(headers).hasSize(16);
    assertThat(headers.getFirst().value()).isEqualTo("299 - \"0" + "😀".repeat(255) + "\"");
  }

  @Test
  void aThreadCollectsOnceWhatIsSaidTwice() {
    Warnings.add("before");
    try (Warnings _ = Warnings.open()) {
      Warnings.add("one");
      try (Warnings _ = Warnings.open()) {
        Warnings.add("inner");
        assertThat(Warnings.texts()).containsExactly("inner");
      }
      Warnings.add("two");
      Warnings.add("one");
      assertThat(Warnings.texts()).containsExactly("one", "two");
    }
    assertThat(Warnings.texts()).isEmpty();
  }
}
