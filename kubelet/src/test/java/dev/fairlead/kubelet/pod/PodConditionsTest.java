package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodConditionsTest {
  private static final Pod GATED =
      Pods.of(
          "{'spec':{'readinessGates':[{'conditionType':'x/up'}],'containers':[{'name':'c','image':'x'}]}}");

  private static JsonNode json(String text) {
    return Json.tree(
            ("{\"conditions\":" + text.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8))
        .path("conditions");
  }

  private static JsonNode of(Pod pod, String statuses, String phase, JsonNode before, String type) {
    var all =
        new PodConditions(
                pod, Pods.statuses(statuses), phase, before, Pods.NOW.plus(Duration.ofHours(1)))
            .all(true);
    for (JsonNode each : all) {
      if (each.path("type").asText().equals(type)) {
        return each;
      }
    }
    throw new AssertionError("no condition " + type);
  }

  @Test
  void whatStandsIsNotWrittenAgainWhateverTheServerDoesWithNulls() {
    ArrayNode dropped = all(json("[]"));
    dropped.forEach(
        each -> assertThat(each.properties()).noneMatch(field -> field.getValue().isNull()));
    assertThat(all(dropped)).isEqualTo(dropped);
    ArrayNode kept = dropped.deepCopy();
    kept.forEach(each -> ((ObjectNode) each).putNull("lastProbeTime"));
    assertThat(all(kept)).isEqualTo(kept);
  }

  private static ArrayNode all(JsonNode before) {
    return new PodConditions(GATED, Pods.statuses("c=ready"), "Running", before, Pods.NOW)
        .all(true);
  }

  @Test
  void unreadyContainersAreNamed() {
    JsonNode ready =
        of(Pods.of("Always", false), "c=ready d=running", "Running", json("[]"), "Ready");
    assertThat(ready.path("status").asText()).isEqualTo("False");
    assertThat(ready.path("reason").asText()).isEqualTo("ContainersNotReady");
    assertThat(ready.path("message").asText()).isEqualTo("containers with unready status: [d]");
  }

  @Test
  void incompleteInitContainersAreNamed() {
    JsonNode condition =
        of(Pods.of("Always", true), "i=running", "Pending", json("[]"), "Initialized");
    assertThat(condition.path("message").asText())
        .isEqualTo("containers with incomplete status: [i]");
  }

  @Test
  void theTransitionTimeStaysWhileTheStatusStays() {
    JsonNode before =
        json("[{'type':'Ready','status':'True','lastTransitionTime':'2020-01-01T00:00:00Z'}]");
    Pod pod = Pods.of("Always", false);
    assertThat(
            of(pod, "c=ready d=ready", "Running", before, "Ready")
                .path("lastTransitionTime")
                .asText())
        .isEqualTo("2020-01-01T00:00:00Z");
    assertThat(
            of(pod, "c=ready d=running", "Running", before, "Ready")
                .path("lastTransitionTime")
                .asText())
        .isEqualTo("2026-01-01T01:00:00Z");
  }

  @Test
  void gatesMustHoldAndAreKept() {
    assertThat(of(GATED, "c=ready", "Running", json("[]"), "Ready").path("message").asText())
        .isEqualTo("corresponding condition of pod readiness gate \"x/up\" does not exist.");
    assertThat(
            of(GATED, "c=ready", "Running", json("[{'type':'x/up','status':'False'}]"), "Ready")
                .path("message")
                .asText())
        .isEqualTo("the status of pod readiness gate \"x/up\" is not \"True\", but False");
    JsonNode up = json("[{'type':'x/up','status':'True'}]");
    assertThat(of(GATED, "c=ready", "Running", up, "Ready").path("status").asText())
        .isEqualTo("True");
    assertThat(of(GATED, "c=ready", "Running", up, "x/up").path("status").asText())
        .isEqualTo("True");
  }
}
