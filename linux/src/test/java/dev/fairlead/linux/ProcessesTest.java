package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  @Test
  void aSignalEndsAChild() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    int pid = Math.toIntExact(child.pid());
    assertThat(Processes.kill(pid, Processes.SIGTERM)).isTrue();
    assertThat(child.waitFor()).isEqualTo(128 + Processes.SIGTERM);
    assertThat(Processes.kill(pid, Processes.SIGTERM)).isFalse();
  }

  @Test
  void signalsToEverybodyAreRefused() {
    assertThatThrownBy(() -> Processes.kill(-1, Processes.SIGKILL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(() -> Processes.replace(List.of("/no/such/program"), Map.of()))
        .isInstanceOf(LinkException.class)
        .hasMessage("run /no/such/program: No such file or directory");
  }
}
