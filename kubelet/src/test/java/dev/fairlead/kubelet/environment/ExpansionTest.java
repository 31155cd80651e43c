package dev.fairlead.kubelet.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Map<String, String> VALUES = Map.of("A", "1", "B", "$(A)", "EMPTY", "");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plain, plain",
        "$(A), 1",
        "x$(A)y$(A), x1y1",
        "$(NONE), $(NONE)",
        "$$(A), $(A)",
        "$$$(A), $1",
        "$$$$, $$",
        "$(B), $(A)",
        "[$(EMPTY)], []",
        "$(A, $(A",
        "$A, $A",
        "end$, end$",
      })
  void expands(String text, String result) {
    assertThat(Expansion.expand(text, VALUES::get)).isEqualTo(result);
  }
}
