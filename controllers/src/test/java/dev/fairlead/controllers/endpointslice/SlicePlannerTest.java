package dev.fairlead.controllers.endpointslice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.controllers.SlicePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicePlannerTest {
  private static final int MAX = 4;
  private static final Set<String> IPV4 = Set.of("IPv4");

  private final Map<String, Document> slices = new LinkedHashMap<>();
  private int names;

  @Test
  void aServiceWithoutEndpointsKeepsOneEmptySlice() {
    apply(plan(List.of()));
    assertThat(slices).hasSize(1);
    assertThat(plan(List.of()).isEmpty()).isTrue();
  }

  @Test
  void oneChangedEndpointIsOneUpdate() {
    apply(plan(List.of(group(8080, 1, 2, 3, 4, 5, 6))));
    PortGroup changed = group(8080, 1, 2, 3, 4, 5, 6);
    changed.endpoints().getFirst().withObject("/conditions").put("ready", false);
    SlicePlan plan = plan(List.of(changed));
    assertThat(plan.update()).hasSize(1);
    assertThat(plan.create()).isEmpty();
    assertThat(plan.delete()).isEmpty();
  }

  @Test
  void theFirstEndpointsTakeThePlaceOfTheEmptySlice() {
    apply(plan(List.of()));
    SlicePlan plan = plan(List.of(group(8080, 1)));
    assertThat(plan.create()).isEmpty();
    assertThat(plan.update()).hasSize(1);
    assertThat(plan.delete()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyPlanGivesExactlyWhatIsWantedAndThenNothingIsLeftToDo(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<PortGroup> wanted = new ArrayList<>();
      for (int port = 8080; port < 8083; port++) {
        int from = port;
        int[] ids =
            random.ints(random.nextInt(12), 0, 30).distinct().map(i -> i + from * 100).toArray();
        if (ids.length > 0) {
          wanted.add(group(port, ids));
        }
      }
      apply(plan(wanted));
      assertThat(held()).isEqualTo(expected(wanted));
      assertThat(slices.values())
          .allSatisfy(
              slice -> assertThat(slice.tree().path("endpoints").size()).isLessThanOrEqualTo(MAX));
      assertThat(slices).isNotEmpty();
      assertThat(plan(wanted).isEmpty()).as("a second pass writes nothing").isTrue();
    }
  }

  private SlicePlan plan(List<PortGroup> wanted) {
    return SlicePlanner.plan(
        new SliceTemplate(service(), null), List.copyOf(slices.values()), wanted, IPV4, MAX);
  }

  private void apply(SlicePlan plan) {
    plan.delete().forEach(slice -> slices.remove(slice.name()));
    plan.update().forEach(slice -> slices.put(slice.name(), slice));
    for (Document slice : plan.create()) {
      Document named = slice.with(tree -> tree.withObject("/metadata").put("name", "s-" + names++));
      slices.put(named.name(), named);
    }
  }

  private Set<String> held() {
    Set<String> held = new TreeSet<>();
    for (Document slice : slices.values()) {
      String port = slice.tree().at("/ports/0/port").asText();
      for (JsonNode endpoint : slice.tree().path("endpoints")) {
        assertThat(held.add(port + " " + endpoint.at("/addresses/0").asText()))
            .as("an endpoint stands in two slices")
            .isTrue();
      }
    }
    return held;
  }

  private static Set<String> expected(List<PortGroup> wanted) {
    Set<String> expected = new TreeSet<>();
    for (PortGroup group : wanted) {
      group
          .endpoints()
          .forEach(endpoint ->
              expected.add(
                  group.ports().at("/0/port").asText()
                      + " "
                      + endpoint.at("/addresses/0").asText()));
    }
    return expected;
  }

  private static PortGroup group(int port, int... ids) {
    ArrayNode ports = JsonNodeFactory.instance.arrayNode();
    ports.addObject().put("name", "").put("port", port).put("protocol", "TCP");
    List<ObjectNode> endpoints = new ArrayList<>();
    for (int id : ids) {
      ObjectNode endpoint = Json.object();
      endpoint.putArray("addresses").add("10.112.%d.%d".formatted(id / 250 % 250, id % 250));
      endpoint.putObject("conditions").put("ready", true);
      endpoint.putObject("targetRef").put("kind", "Pod").put("uid", "u" + id);
      endpoints.add(endpoint);
    }
    return new PortGroup("IPv4", ports, endpoints);
  }

  private static Document service() {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "v1").put("kind", "Service");
    tree.putObject("metadata").put("name", "s").put("namespace", "default").put("uid", "service");
    return Document.of(tree);
  }
}
