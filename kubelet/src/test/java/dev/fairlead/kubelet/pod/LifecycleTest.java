package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.view.Container;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
    var lifecycle = new Lifecycle(Pods.of(policy, init), known, Pods.begun(known));
    assertThat(lifecycle.toStart().stream().map(Container::name).collect(Collectors.joining(" ")))
        .isEqualTo(names);
    assertThat(lifecycle.finished()).isEqualTo(finished);
  }

  @ParameterizedTest
  @CsvSource({
    // policy, containers (a and b are sidecars around the init container i), to start, done
    "Always,    '',                                            a,    false",
    "Always,    a=starting,                                    '',   false",
    "Always,    a=running,                                     i,    false",
    "Always,    a=running i=running,                           '',   false",
    "Always,    a=crash i=running,                             a,    false",
    "Always,    a=running i=0,                                 b,    false",
    "Always,    a=running i=0 b=starting,                      '',   false",
    "Always,    a=running i=0 b=ready,                         c,    false",
    "Always,    a=running i=0 b=ready c=ready,                 '',   false",
    "Always,    a=crash i=0 b=starting c=ready,                a,    false",
    "Never,     a=crash i=0 b=0 c=ready,                       a b,  false",
    "Never,     a=running i=1,                                 '',   true",
    "OnFailure, a=running i=1,                                 i,    false",
    "Never,     a=ready i=0 b=ready c=0,                       '',   true",
    "OnFailure, a=ready i=0 b=ready c=0,                       '',   true",
    "OnFailure, a=crash i=0 b=ready c=1,                       a c,  false",
    "Always,    a=ready i=0 b=ready c=0,                       c,    false",
  })
  void sidecars(String policy, String statuses, String names, boolean done) {
    var known = Pods.statuses(statuses);
    var lifecycle = new Lifecycle(Pods.withSidecars(policy), known, Pods.begun(known));
    assertThat(lifecycle.toStart().stream().map(Container::name).collect(Collectors.joining(" ")))
        .isEqualTo(names);
    assertThat(lifecycle.done()).isEqualTo(done);
    assertThat(lifecycle.finished())
        .isEqualTo(done && known.values().stream().noneMatch(ContainerStatus::running));
  }

  @Test
  void inNewNamespacesInitContainersRunAgain() {
    var known = Pods.statuses("a=crash i=0 b=crash c=crash");
    var lifecycle = new Lifecycle(Pods.withSidecars("Always"), known, Set.of());
    assertThat(lifecycle.toStart()).extracting(Container::name).containsExactly("a");
  }

  @Test
  void anEphemeralContainerIsStartedOnceAndHoldsNothingUp() {
    var pod =
        Pods.of(
            "{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'x'}],"
                + "'ephemeralContainers':[{'name':'e','image':'x'}]}}");
    var known = Pods.statuses("c=running");
    assertThat(new Lifecycle(pod, known, Pods.begun(known)).toStart())
        .extracting(Container::name)
        .containsExactly("e");
    known = Pods.statuses("c=running e=1");
    assertThat(new Lifecycle(pod, known, Pods.begun(known)).toStart()).isEmpty();
    known = Pods.statuses("c=0 e=running");
    assertThat(new Lifecycle(pod, known, Pods.begun(known)).done()).isTrue();
  }
}
