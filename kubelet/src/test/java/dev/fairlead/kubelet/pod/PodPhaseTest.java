package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodPhaseTest {
  @ParameterizedTest
  @CsvSource({
    // policy, init, containers, no more starts, phase
    "Always,    false, c=wait d=wait,             false, Pending",
    "Always,    false, c=running d=wait,          false, Pending",
    "Always,    false, c=running d=ready,         false, Running",
    "Always,    false, c=crash d=ready,           false, Running",
    "Always,    false, c=crash d=crash,           false, Running",
    "Always,    false, c=0 d=0,                   false, Running",
    "OnFailure, false, c=0 d=0,                   false, Succeeded",
    "OnFailure, false, c=0 d=1,                   false, Running",
    "Never,     false, c=0 d=0,                   false, Succeeded",
    "Never,     false, c=0 d=1,                   false, Failed",
    "Never,     false, c=0 d=running,             false, Running",
    "Always,    true,  i=running c=wait d=wait,   false, Pending",
    "Always,    true,  i=1 c=wait d=wait,         false, Pending",
    "Never,     true,  i=1 c=wait d=wait,         false, Failed",
    "Always,    true,  i=0 c=ready d=ready,       false, Running",
    "Always,    false, c=0 d=0,                   true,  Succeeded",
    "Always,    false, c=143 d=0,                 true,  Failed",
    "Always,    false, c=wait d=wait,             true,  Failed",
  })
  void phase(String policy, boolean init, String statuses, boolean terminal, String phase) {
    assertThat(PodPhase.of(Pods.of(policy, init), Pods.statuses(statuses), terminal))
        .isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    // policy, containers (a and b are sidecars around the init container i), no more starts, phase
    "Always, a=starting,                      false, Pending",
    "Always, a=ready i=0 b=starting c=wait,   false, Pending",
    "Always, a=ready i=0 b=ready c=running,   false, Running",
    "Always, a=crash i=0 b=crash c=running,   false, Running",
    "Never,  a=ready i=0 b=ready c=0,         false, Running",
    "Never,  a=137 i=0 b=137 c=0,             false, Succeeded",
    "Never,  a=137 i=0 b=137 c=1,             false, Failed",
    "Never,  a=ready i=1 b=wait c=wait,       false, Failed",
    "Always, a=137 i=0 b=137 c=0,             true,  Succeeded",
  })
  void withSidecars(String policy, String statuses, boolean terminal, String phase) {
    assertThat(PodPhase.of(Pods.withSidecars(policy), Pods.statuses(statuses), terminal))
        .isEqualTo(phase);
  }
}
