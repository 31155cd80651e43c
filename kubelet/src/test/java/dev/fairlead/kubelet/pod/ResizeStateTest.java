package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  private static ArrayNode conditions(String json) {
    return Json.readArray(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).tree();
  }

  /**
   * A row: what stands, the verdict, whether a container is behind, the kernel's words, the rest.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          [{'type':'Ready'}] | granted | false | ^^ | [{'type':'Ready'}]
          [{'type':'PodResizePending'},{'type':'Ready'},{'type':'PodResizeInProgress'}] | granted | false | ^^ | [{'type':'Ready'}]
          [] | deferred | false | ^^ | [{'type':'PodResizePending','status':'True','lastTransitionTime':'2026-01-01T00:00:10Z','reason':'Deferred','message':'m'}]
          [] | infeasible | false | ^^ | [{'type':'PodResizePending','status':'True','lastTransitionTime':'2026-01-01T00:00:10Z','reason':'Infeasible','message':'m'}]
          [] | granted | true | ^^ | [{'type':'PodResizeInProgress','status':'True','lastTransitionTime':'2026-01-01T00:00:10Z'}]
          [{'type':'PodResizeInProgress','status':'True','lastTransitionTime':'2026-01-01T00:00:00Z'}] | granted | true | busy | [{'type':'PodResizeInProgress','status':'True','lastTransitionTime':'2026-01-01T00:00:00Z','reason':'Error','message':'busy'}]
          """)
  void conditionsTellHowFarItIs(
      String before, String verdict, boolean unfinished, String error, String after) {
    ResizeVerdict said =
        switch (verdict) {
          case "deferred" -> new ResizeVerdict.Deferred("m");
          case "infeasible" -> new ResizeVerdict.Infeasible("m");
          default -> new ResizeVerdict.Granted();
        };
    ArrayNode written = conditions(before);
    new ResizeState(Map.of(), said, unfinished, error == null ? "" : error)
        .write(written, conditions(before), NOW);
    assertThat(Json.text(written)).isEqualTo(Json.text(conditions(after)));
  }
}
