package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.registry.strategy.Strategies;
import dev.fairlead.apiserver.registry.strategy.Strategy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Fields behind gates that upstream 1.33 does not open. */
class DisabledFieldsTest {
  private static final Map<ResourceType, Strategy> STRATEGIES = Strategies.all();

  private static Strategy strategy(String kind) {
    ResourceType type =
        Kinds.ALL.stream().filter(each -> each.kind().equals(kind)).findFirst().orElseThrow();
    return STRATEGIES.get(type);
  }

  /** A row: kind, what it has, what is left of it when it is new, the gate. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "disabled-fields.csv",
      delimiter = '|',
      quoteCharacter = '^',
      useHeadersInDisplayName = true)
  void dropped(String kind, String given, String left, String gate) {
    Document before = Bench.document(given);
    ObjectNode made = before.tree().deepCopy();
    try (Warnings _ = Warnings.open()) {
      strategy(kind).dropDisabled(made, null);
      assertThat(Warnings.texts()).isNotEmpty().allMatch(each -> each.contains(gate));
    }
    JsonNode expected = Bench.document(left).tree();
    assertThat(Json.text(made)).isEqualTo(Json.text(expected));

    ObjectNode added = before.tree().deepCopy();
    strategy(kind).dropDisabled(added, Document.of((ObjectNode) expected));
    assertThat(added).as("added by an update").isEqualTo(expected);

    ObjectNode kept = before.tree().deepCopy();
    strategy(kind).dropDisabled(kept, before);
    assertThat(kept).as("kept by an update").isEqualTo(before.tree());
  }

  @Test
  void whatIsServedStays() {
    String pod =
        "{spec: {containers: [{lifecycle: {preStop: {}}, volumeMounts: [{name: v}],"
            + " resources: {limits: {cpu: 1}}}], volumes: [{name: v, emptyDir: {}}]}}";
    ObjectNode tree = Bench.document(pod).tree().deepCopy();
    try (Warnings _ = Warnings.open()) {
      strategy("Pod").dropDisabled(tree, null);
      assertThat(Warnings.texts()).isEmpty();
    }
    assertThat(tree).isEqualTo(Bench.document(pod).tree());
  }

  /** v1 only reads it. */
  @Test
  void topologyOfEndpoints() {
    Document slice =
        Bench.document("{endpoints: [{addresses: [10.0.0.1], deprecatedTopology: {a: b}}]}");
    ObjectNode made = slice.tree().deepCopy();
    strategy("EndpointSlice").dropDisabled(made, null);
    assertThat(Json.text(made)).isEqualTo("{\"endpoints\":[{\"addresses\":[\"10.0.0.1\"]}]}");
    ObjectNode same = slice.tree().deepCopy();
    strategy("EndpointSlice").dropDisabled(same, slice);
    assertThat(same).isEqualTo(slice.tree());
  }

  @Test
  void theRegistryDropsThemOnEveryWayIn() {
    try (Bench bench = new Bench()) {
      Document made =
          bench.create(Kinds.LEASE, "default", "{metadata: {name: a}, spec: {preferredHolder: x}}");
      assertThat(Json.text(made.spec())).isEqualTo("{}");
      ObjectNode next = made.tree().deepCopy();
      ((ObjectNode) next.get("spec")).put("strategy", "x").put("holderIdentity", "h");
      assertThat(Json.text(bench.update(Kinds.LEASE, Document.of(next)).spec()))
          .isEqualTo("{\"holderIdentity\":\"h\"}");
    }
  }
}
