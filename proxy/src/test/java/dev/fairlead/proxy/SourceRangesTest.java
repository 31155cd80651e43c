package dev.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRangesTest {
  @Test
  void rangesInsideOthersAreLeftOut() {
    assertThat(
            SourceRanges.distinct(
                List.of(
                    "10.1.2.0/24",
                    " 10.1.0.0/16",
                    "10.1.0.0/16",
                    "192.168.1.1/32",
                    "fd00::/8",
                    "x",
                    "10.0.0.0/99")))
        .containsExactly("10.1.0.0/16", "192.168.1.1/32");
  }

  @Test
  void everythingIsARange() {
    assertThat(SourceRanges.distinct(List.of("0.0.0.0/0", "1.2.3.4/32")))
        .containsExactly("0.0.0.0/0");
  }

  @Test
  void hostBitsAreCleared() {
    assertThat(SourceRanges.distinct(List.of("10.1.2.3/24"))).containsExactly("10.1.2.0/24");
  }
}
