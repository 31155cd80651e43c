package dev.fairlead.kubelet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcUsageTest {
  @TempDir Path proc;

  private void process(int pid, String stat, String environment, String rollup) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(directory.resolve("stat"), stat);
    Files.writeString(directory.resolve("environ"), environment);
    if (rollup.isEmpty()) {
      Files.writeString(directory.resolve("status"), "Name:\tx\nVmRSS:\t      12 kB\n");
    } else {
      Files.writeString(directory.resolve("smaps_rollup"), rollup);
    }
  }

  private static String stat(String name, int user, int system, int children) {
    return "7 (%s) S 1 7 7 0 -1 4194560 1 2 3 4 %d %d %d 0 20 0 1 0 99 0 0"
        .formatted(name, user, system, children);
  }

  @Test
  void processesAddUpToTheirContainers() throws IOException {
    String mine = "A=b\0FAIRLEAD_POD_UID=u\0FAIRLEAD_CONTAINER=c\0";
    process(7, stat("a b) c", 10, 5, 1), mine, "Rss: 99 kB\nPss:      3 kB\n");
    process(8, stat("d", 4, 0, 0), mine, "");
    process(9, stat("other", 400, 0, 0), "FAIRLEAD_POD_UID=u\0", "Pss: 1 kB\n");
    Files.createDirectories(proc.resolve("10")); // has ended meanwhile
    Files.createDirectories(proc.resolve("self"));
    ProcUsage usage = new ProcUsage(proc);
    Map<Owner, Usage> wanted = Map.of(new Owner("u", "c"), new Usage(20 * 10_000_000L, 15 * 1024));
    assertThat(usage.containers()).isEqualTo(wanted);
    Files.delete(proc.resolve("7/environ")); // asked once
    assertThat(usage.containers()).isEqualTo(wanted);
  }

  @Test
  void theMachineIsBusyWhenItIsNotIdle() throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu  1 2 3 1000 500 4 5 6 0 0\ncpu0 1\n");
    Files.writeString(
        proc.resolve("meminfo"), "MemTotal: 100 kB\nMemFree: 1 kB\nMemAvailable: 60 kB\n");
    assertThat(new ProcUsage(proc).machine()).isEqualTo(new Usage(21 * 10_000_000L, 40 * 1024));
  }

  @Test
  void thisMachineCanBeRead() throws IOException {
    assertThat(new ProcUsage().machine().memoryBytes()).isPositive();
    assertThat(new ProcUsage().containers()).isNotNull();
  }
}
