package dev.fairlead.kubelet.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
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
