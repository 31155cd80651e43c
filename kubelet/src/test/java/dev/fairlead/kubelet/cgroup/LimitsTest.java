package dev.fairlead.kubelet.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.kubelet.cgroup.Hierarchies.Hierarchy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 0 | 0 | 0",
        "{'limits':{'memory':'64Mi'}} | 67108864 | 0 | 0",
        "{'limits':{'cpu':'500m'}} | 0 | 512 | 50000",
        "{'limits':{'cpu':'2'},'requests':{'cpu':'100m'}} | 0 | 102 | 200000",
        "{'requests':{'cpu':'1m'}} | 0 | 2 | 0",
        "{'limits':{'cpu':'1m'}} | 0 | 2 | 1000",
        "{'requests':{'cpu':'1000'}} | 0 | 262144 | 0",
        "{'requests':{'memory':'1Gi'}} | 0 | 0 | 0",
      })
  void whatTheKernelIsTold(String resources, long memory, long shares, long quota) {
    assertThat(limits(resources)).isEqualTo(new Limits(memory, shares, quota));
    assertThat(limits(resources).any()).isEqualTo(memory + shares + quota > 0);
  }

  @Test
  void bothVersionsAreWritten() {
    Limits limits = limits("{'limits':{'cpu':'500m','memory':'1Mi'},'requests':{'cpu':'1'}}");
    assertThat(limits.memory(false))
        .containsEntry("memory.limit_in_bytes", "1048576")
        .containsEntry("memory.memsw.limit_in_bytes", "1048576");
    assertThat(limits.memory(true))
        .containsEntry("memory.max", "1048576")
        .containsEntry("memory.swap.max", "0")
        .containsEntry("memory.oom.group", "1");
    assertThat(limits.cpu(false))
        .containsEntry("cpu.shares", "1024")
        .containsEntry("cpu.cfs_period_us", "100000")
        .containsEntry("cpu.cfs_quota_us", "50000");
    assertThat(limits.cpu(true))
        .containsEntry("cpu.weight", "39")
        .containsEntry("cpu.max", "50000 100000");
    assertThat(new Limits(0, 2, 0).cpu(true)).containsEntry("cpu.weight", "1");
    assertThat(new Limits(0, 262_144, 0).cpu(true)).containsEntry("cpu.weight", "10000");
  }

  @Test
  void groupsAreHeldToOtherLimits(@TempDir Path folder) throws IOException {
    for (String file : List.of("memory.max", "memory.swap.max", "cpu.weight", "cpu.max")) {
      Files.createFile(folder.resolve(file));
    }
    Hierarchy both = new Hierarchy(folder, true);
    new ContainerCgroup(both, both, List.of(folder))
        .resize(limits("{'limits':{'cpu':'500m','memory':'1Mi'}}"));
    assertThat(Files.readString(folder.resolve("memory.max"))).isEqualTo("1048576");
    assertThat(Files.readString(folder.resolve("cpu.max"))).isEqualTo("50000 100000");
    assertThat(folder.resolve("memory.oom.group")).doesNotExist();
    new ContainerCgroup(null, both, List.of(folder))
        .resize(limits("{'limits':{'cpu':'1','memory':'2Mi'}}"));
    assertThat(Files.readString(folder.resolve("memory.max"))).isEqualTo("1048576");
    assertThat(Files.readString(folder.resolve("cpu.max"))).isEqualTo("100000 100000");
  }

  @Test
  void theLeastShareMakesAGroup() {
    assertThat(Limits.NONE.confining()).isEqualTo(new Limits(0, 2, 0));
    assertThat(limits("{'requests':{'cpu':'1'}}").confining().cpuShares()).isEqualTo(1024);
    assertThat(limits("{'limits':{'memory':'1Mi'}}").confining())
        .isEqualTo(new Limits(1 << 20, 2, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Guaranteed | {} | -997",
        "BestEffort | {} | 1000",
        "Burstable | {} | 999",
        "Burstable | {'requests':{'memory':'1Gi'}} | 875",
        "Burstable | {'requests':{'memory':'8Gi'}} | 3",
        "Burstable | {'requests':{'memory':'80Gi'}} | 3",
      })
  void whoGoesFirstWhenTheMachineHasNoMemory(String qos, String resources, int score) {
    assertThat(OomScore.of(qos, tree(resources), 8L << 30)).isEqualTo(score);
    assertThat(OomScore.of("Burstable", tree(resources), 0)).isEqualTo(999);
  }

  private static Limits limits(String json) {
    return Limits.of(tree(json));
  }

  private static JsonNode tree(String json) {
    return Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
