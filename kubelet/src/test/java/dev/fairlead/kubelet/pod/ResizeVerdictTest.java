package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.quota.Amounts;
import dev.fairlead.kubelet.pod.ResizeVerdict.Deferred;
import dev.fairlead.kubelet.pod.ResizeVerdict.Granted;
import dev.fairlead.kubelet.pod.ResizeVerdict.Infeasible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeVerdictTest {
  private static final Map<String, Quantity> NODE =
      Map.of("cpu", Quantity.of(2), "memory", Quantity.ofBytes(1 << 20));

  private static Amounts amounts(String yaml) {
    JsonNode tree = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    return Amounts.of(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {cpu: 1500m} | {cpu: 500m} | Granted |
          {cpu: 2, memory: 1Mi} | {} | Granted |
          {} | {cpu: 9} | Deferred | Node didn't have enough resource: cpu, requested: 0, used: 9000, capacity: 2000
          {cpu: 1501m} | {cpu: 500m} | Deferred | Node didn't have enough resource: cpu, requested: 1501, used: 500, capacity: 2000
          {memory: 1Mi} | {memory: 1} | Deferred | Node didn't have enough resource: memory, requested: 1048576, used: 1, capacity: 1048576
          {cpu: 2001m} | {} | Infeasible | Node didn't have enough capacity: cpu, requested: 2001, capacity: 2000
          {cpu: 3, memory: 2Mi} | {} | Infeasible | Node didn't have enough capacity: memory, requested: 2097152, capacity: 1048576
          """)
  void whatTheNodeSays(String wanted, String others, String verdict, String message) {
    ResizeVerdict said = ResizeVerdict.of(amounts(wanted), amounts(others), NODE);
    assertThat(said.getClass().getSimpleName()).isEqualTo(verdict);
    String text =
        switch (said) {
          case Granted granted -> null;
          case Deferred(String why) -> why;
          case Infeasible(String why) -> why;
        };
    assertThat(text).isEqualTo(message);
    assertThat(ResizeVerdict.of(amounts(wanted), amounts(others), Map.of()))
        .isInstanceOf(Granted.class);
  }

  @Test
  void whoIsDeferredAsksAgainWhenOthersNeedLess() {
    NodeAllocations node = new NodeAllocations();
    List<String> woken = new ArrayList<>();
    node.put("a", amounts("{cpu: 1}"));
    node.put("b", amounts("{cpu: 1}"));
    node.put("c", Amounts.NONE);
    assertThat(grow(node, "a", "{cpu: 1500m}", woken)).isInstanceOf(Deferred.class);
    assertThat(woken).isEmpty();
    assertThat(grow(node, "b", "{cpu: 500m}", woken)).isInstanceOf(Granted.class);
    assertThat(woken).containsExactly("a");
    assertThat(grow(node, "a", "{cpu: 1500m}", woken)).isInstanceOf(Granted.class);
    assertThat(grow(node, "b", "{cpu: 1}", woken)).isInstanceOf(Deferred.class);
    node.free("c");
    node.free("c");
    assertThat(woken).containsExactly("a", "b");
    assertThat(grow(node, "b", "{cpu: 3}", woken)).isInstanceOf(Infeasible.class);
    node.free("a");
    assertThat(woken).as("what can never be is not waited for").containsExactly("a", "b");
  }

  private static ResizeVerdict grow(
      NodeAllocations node, String uid, String wanted, List<String> woken) {
    return node.resize(uid, amounts(wanted), NODE, () -> woken.add(uid));
  }
}
