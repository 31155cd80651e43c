package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelFeaturesTest {
  @Test
  void aMachineThatRunsTheseTestsMissesNothing() {
    Root.assume();
    assertThat(KernelFeatures.missing()).isEmpty();
  }
}
