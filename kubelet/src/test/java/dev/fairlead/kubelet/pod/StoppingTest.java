package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.kubelet.runtime.ContainerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StoppingTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final ManualTimers timers = new ManualTimers();
  private final List<String> signals = new ArrayList<>();
  private final Stopping stopping = new Stopping(new Noting(), timers, Runnable::run);

  private final class Noting implements ContainerProcess {
    @Override
    public String id() {
      return "1";
    }

    @Override
    public long pid() {
      return 0;
    }

    @Override
    public CompletableFuture<Integer> exit() {
      return new CompletableFuture<>();
    }

    @Override
    public void terminate() {
      signals.add("TERM");
    }

    @Override
    public void kill() {
      signals.add("KILL");
    }
  }

  @Test
  void termThenKillWhenTheGraceIsOver() {
    stopping.begin(GRACE, false);
    stopping.turn();
    assertThat(signals).containsExactly("TERM");
    timers.pass(Duration.ofSeconds(29));
    assertThat(signals).containsExactly("TERM");
    timers.pass(Duration.ofSeconds(1));
    assertThat(signals).containsExactly("TERM", "KILL");
  }

  @Test
  void nothingIsKilledThatHasEnded() {
    stopping.begin(GRACE, false);
    stopping.turn();
    stopping.ended();
    timers.pass(GRACE);
    assertThat(signals).containsExactly("TERM");
  }

  @Test
  void noGraceMeansKill() {
    stopping.begin(Duration.ZERO, false);
    assertThat(signals).containsExactly("KILL");
  }

  @Test
  void aLaterShorterGraceCounts() {
    stopping.begin(GRACE, false);
    stopping.turn();
    timers.pass(Duration.ofSeconds(5));
    stopping.begin(Duration.ofSeconds(1), false);
    timers.pass(Duration.ofSeconds(1));
    assertThat(signals).containsExactly("TERM", "KILL");
  }

  @Test
  void theHookComesFirst() {
    stopping.begin(GRACE, true);
    stopping.turn();
    timers.pass(Duration.ofSeconds(10));
    assertThat(signals).isEmpty();
    stopping.hooked();
    assertThat(signals).containsExactly("TERM");
    timers.pass(Duration.ofSeconds(20));
    assertThat(signals).containsExactly("TERM", "KILL");
  }

  @Test
  void aHookThatTakesAllTheGraceLeavesTwoSeconds() {
    stopping.begin(GRACE, true);
    stopping.turn();
    timers.pass(GRACE);
    assertThat(signals).containsExactly("TERM");
    stopping.hooked();
    timers.pass(Duration.ofSeconds(2));
    assertThat(signals).containsExactly("TERM", "KILL");
  }

  @Test
  void itWaitsForItsTurnButNotForEver() {
    stopping.begin(GRACE, false);
    timers.pass(Duration.ofSeconds(29));
    assertThat(signals).isEmpty();
    timers.pass(Duration.ofSeconds(1));
    assertThat(signals).containsExactly("TERM");
    timers.pass(Duration.ofSeconds(2));
    assertThat(signals).containsExactly("TERM", "KILL");
  }
}
