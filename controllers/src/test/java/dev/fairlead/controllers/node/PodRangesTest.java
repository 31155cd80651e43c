package dev.fairlead.controllers.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodRangesTest {
  private final PodRanges ranges = PodRanges.of("10.112.0.0/16", 24);

  @ParameterizedTest
  @CsvSource({
    "node-2, 10.112.2.0/24",
    "node-255, 10.112.255.0/24",
    "node-0, 10.112.0.0/24",
    "node-256, 10.112.1.0/24",
    "node, 10.112.1.0/24",
    "node-99999999999, 10.112.1.0/24"
  })
  void aNodeGetsTheRangeOfItsNumber(String node, String range) {
    assertThat(ranges.choose(node, Set.of())).contains(range);
  }

  @Test
  void aTakenRangeIsNotGivenTwice() {
    assertThat(ranges.choose("node-1", Set.of("10.112.1.0/24"))).contains("10.112.2.0/24");
  }

  @Test
  void theFirstBlockIsTheLastResort() {
    PodRanges two = PodRanges.of("192.0.2.128/25", 26);
    assertThat(two.choose("a", Set.of("192.0.2.192/26"))).contains("192.0.2.128/26");
    assertThat(two.choose("a", Set.of("192.0.2.192/26", "192.0.2.128/26"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"fd00::/64, 24", "10.0.0.0/16, 8", "10.0.0.0/8, 30", "10.0.0.0, 24"})
  void aNetworkThatCannotBeCutIsRefusedByName(String network, int block) {
    assertThatThrownBy(() -> PodRanges.of(network, block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(network);
  }
}
