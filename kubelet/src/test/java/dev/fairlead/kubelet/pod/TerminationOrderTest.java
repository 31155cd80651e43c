package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminationOrderTest {
  @ParameterizedTest
  @CsvSource({
    // those that run (a and b are sidecars, e is ephemeral), those whose turn it is
    "a b c, c",
    "a b c e, c e",
    "a b i, b i",
    "a b, b",
    "a, a",
    "a c, c",
  })
  void turns(String running, String turns) {
    assertThat(
            String.join(
                " ",
                new TreeSet<>(
                    TerminationOrder.turns(
                        Pods.withSidecars("Always"), Set.of(running.split(" "))))))
        .isEqualTo(turns);
  }
}
