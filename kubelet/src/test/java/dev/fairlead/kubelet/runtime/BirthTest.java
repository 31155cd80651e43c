package dev.fairlead.kubelet.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.view.Container.Console;
import dev.fairlead.kubelet.Root;
import dev.fairlead.kubelet.cgroup.Limits;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.log.LogBounds;
import dev.fairlead.kubelet.network.PodAttachment;
import dev.fairlead.kubelet.root.ContainerMount;
import dev.fairlead.kubelet.root.RootSpec;
import dev.fairlead.kubelet.runtime.SandboxSpec.Processes;
import dev.fairlead.kubelet.security.Identity;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers that are asked to end when they have hardly begun. */
class BirthTest {
  private static final int ROUNDS = 10;
  private static final long PATIENCE_SECONDS = 30;
  private static final int TERMINATED = 143;

  @TempDir Path state;

  @BeforeEach
  void root() {
    Root.assume();
  }

  private record Place(String address, NetworkNamespace namespace) implements PodAttachment {
    @Override
    public boolean own() {
      return true;
    }

    @Override
    public void close() {
      namespace.close();
    }
  }

  private PodSandbox sandbox(PodAttachment place, Processes processes) throws IOException {
    Path directory = Files.createDirectories(state.resolve("pod"));
    SandboxSpec spec =
        new SandboxSpec(
            new ObjectKey("default", "p"), "uid", place, "p", false, processes, directory);
    return new ProcessRuntime(Catalogue.builder().build(), state).createSandbox(spec);
  }

  private ContainerSpec container(int run) throws IOException {
    Path words = Files.createFile(state.resolve("words-" + run));
    return new ContainerSpec(
        "c",
        List.of("sleep", "1000"),
        Map.of("PATH", "/usr/bin:/bin"),
        "/",
        new Console(false, false, false),
        new RootSpec(List.of(ContainerMount.of(words, Path.of("/dev/termination-log"))), false),
        Identity.KUBELET,
        "",
        Limits.NONE,
        0,
        ContainerLog.create(state.resolve(run + ".log"), Clock.systemUTC(), LogBounds.DEFAULT));
  }

  /** In the first rounds at once, in the others while the first process of its own is at work. */
  @ParameterizedTest
  @EnumSource(Processes.class)
  void theyEndAtOnce(Processes processes) throws Exception {
    try (PodAttachment place = new Place("10.112.1.2", Namespaces.create("p"))) {
      PodSandbox sandbox = sandbox(place, processes);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          ContainerProcess process = sandbox.start(container(round));
          if (round >= ROUNDS / 2 && processes != Processes.OF_MACHINE) {
            await()
                .pollInterval(Duration.ofNanos(1))
                .until(() -> !ProcFs.children(process.pid()).isEmpty());
          }
          process.terminate();
          assertThat(process.exit().get(PATIENCE_SECONDS, SECONDS))
              .as("round %d", round)
              .isEqualTo(TERMINATED);
        }
      } finally {
        sandbox.destroy();
      }
    }
  }
}
