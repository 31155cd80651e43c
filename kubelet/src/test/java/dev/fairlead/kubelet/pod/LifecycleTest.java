package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.view.Container;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleTest {
  @ParameterizedTest
  @CsvSource({
    // policy, init, containers, to start, finished
    "Always,    false, c=wait d=wait,           c d, false",
    "Always,    false, c=running d=1,           d,   false",
    "Always,    false, c=0 d=0,                 c d, false",
    "OnFailure, false, c=0 d=1,                 d,   false",
    "OnFailure, false, c=0 d=0,                 '',  true",
    "Never,     false, c=0 d=1,                 '',  true",
    "Never,     false, c=0 d=running,           '',  false",
    "Always,    true,  i=wait c=wait d=wait,    i,   false",
    "Always,    true,  i=running c=wait d=wait, '',  false",
    "Always,    true,  i=1 c=wait d=wait,       i,   false",
    "Never,     true,  i=1 c=wait d=wait,       '',  true",
    "Never,     true,  i=0 c=wait d=wait,       c d, false",
    "Always,    false, c=crash d=ready,         c,   false",
  })
  void starts(String policy, boolean init, String statuses, String names, boolean finished) {
    var known = Pods.statuses(statuses);
    var pod = Pods.of(policy, init);
    assertThat(
            Lifecycle.toStart(pod, known).stream()
                .map(Container::name)
                .collect(Collectors.joining(" ")))
        .isEqualTo(names);
    assertThat(Lifecycle.finished(pod, known)).isEqualTo(finished);
  }
}
