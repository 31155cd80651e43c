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
        "end$$, end$",
        "$(A)-$(A), 1-1",
        "$$(B)_$(A), $(B)_1",
        "f-$$A, f-$A",
        "x\\$(A)y, x\\1y",
        "x\\\\$(A)y, x\\\\1y",
        "$(A$(B)), $(A$(B))",
        "$(A$(B), $(A$(B)",
        "$($(A), $($(A)",
        "%%$(B)--$(B)%%, %%$(A)--$(A)%%",
        "f__(A)__, f__(A)__",
        "$?_x_$!, $?_x_$!",
        "$$$$$$(A), $$$(A)",
        "$$$$$$$(A), $$$1",
        "$$$$$$$(NONE), $$$$(NONE)",
        "$(), $()",
      })
  void expands(String text, String result) {
    assertThat(Expansion.expand(text, VALUES::get)).isEqualTo(result);
  }
}
