package dev.fairlead.kubelet.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.kubelet.cgroup.Hierarchies.Hierarchy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HierarchiesTest {
  private static final String ROOT = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
  private static final String UNIFIED =
      "30 22 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
  private static final String ONE =
      """
      31 22 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
      32 22 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
      33 22 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
      """;

  @Test
  void theUnifiedHierarchyIsUsedFromItsTop() {
    Hierarchy top = new Hierarchy(Path.of("/sys/fs/cgroup"), true);
    assertThat(Hierarchies.read(ROOT + UNIFIED, "0::/user.slice/session-1.scope\n"))
        .isEqualTo(new Hierarchies(top, top));
  }

  @Test
  void versionOneIsUsedBelowOurOwnGroup() {
    assertThat(Hierarchies.read(ROOT + ONE, "4:memory:/jobs/7\n2:cpu,cpuacct:/\n0::/unified\n"))
        .isEqualTo(
            new Hierarchies(
                new Hierarchy(Path.of("/sys/fs/cgroup/memory/jobs/7"), false),
                new Hierarchy(Path.of("/sys/fs/cgroup/cpu,cpuacct"), false)));
  }

  @Test
  void aMountMayBeginBelowTheTop() {
    String mount = "32 22 0:28 /docker/a /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
    for (String own : new String[] {"4:memory:/docker/a/b\n", "4:memory:/docker/a\n"}) {
      assertThat(Hierarchies.read(ROOT + mount, own))
          .isEqualTo(
              new Hierarchies(
                  new Hierarchy(
                      Path.of("/sys/fs/cgroup/memory" + (own.endsWith("/b\n") ? "/b" : "")), false),
                  null));
    }
    assertThat(Hierarchies.read(ROOT + mount, "4:memory:/docker/another\n").memory())
        .isEqualTo(new Hierarchy(Path.of("/sys/fs/cgroup/memory"), false));
  }

  @Test
  void aMachineMayHaveNone() {
    assertThat(Hierarchies.read(ROOT + "garbage\n", "")).isEqualTo(new Hierarchies(null, null));
  }
}
