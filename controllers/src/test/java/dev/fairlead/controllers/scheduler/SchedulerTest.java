package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.controllers.Pods;
import dev.fairlead.controllers.garbage.RegistryFixture;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scheduler over the real registry, on one node with 4 CPUs; the test plays the kubelet. */
final class SchedulerTest {
  @AutoClose private final RegistryFixture cluster = new RegistryFixture("scheduler");

  @BeforeEach
  void node() {
    cluster.create(
        Kinds.NODE, "", "metadata: {name: node-1, labels: {kubernetes.io/hostname: node-1}}");
    status(
        Target.object(Kinds.NODE, "", "node-1"),
        "{allocatable: {cpu: 4, pods: 110}, conditions: [{type: Ready, status: 'True'}]}");
    cluster.create(Kinds.PRIORITY_CLASS, "", "metadata: {name: high}\nvalue: 1000");
    cluster.create(
        Kinds.PRIORITY_CLASS, "", "metadata: {name: polite}\nvalue: 1000\npreemptionPolicy: Never");
  }

  @Test
  void aPodMakesRoomForAMoreImportantOne() {
    pod("low", "", 4);
    awaitBound("low");
    pod("high", "high", 3);
    await().until(() -> get("low").meta().deleting());
    Document victim = get("low");
    assertThat(victim.tree().at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(Pods.condition(victim, "DisruptionTarget").path("message").asText())
        .isEqualTo("default-scheduler: preempting to accommodate a higher priority pod");
    await()
        .untilAsserted(() ->
            assertThat(get("high").status().path("nominatedNodeName").asText())
                .isEqualTo("node-1"));
    assertThat(Pods.condition(get("high"), "PodScheduled").path("message").asText())
        .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
    // The room is not for this one, and it is not made twice.
    pod("late", "", 4);
    await()
        .untilAsserted(() ->
            assertThat(cluster.events)
                .contains(
                    "low Normal Preempted Preempted by pod %s on node node-1"
                        .formatted(get("high").meta().uid()))
                .anyMatch(each -> each.startsWith("late Warning FailedScheduling")));
    end("low");
    awaitBound("high");
    assertThat(Pods.nodeName(get("late"))).isEmpty();
  }

  @Test
  void aPoliteOneWaitsAndTheImportantOnesGoFirst() {
    pod("low", "", 4);
    awaitBound("low");
    pod("later", "", 4);
    pod("polite", "polite", 4);
    await()
        .untilAsserted(() ->
            assertThat(cluster.events)
                .contains(
                    "polite Warning FailedScheduling 0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.",
                    "later Warning FailedScheduling 0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."));
    assertThat(get("low").meta().deleting()).isFalse();
    end("low");
    awaitBound("polite");
    assertThat(Pods.nodeName(get("later"))).isEmpty();
  }

  @Test
  void aPodThatWantsToBeNearAnotherWaitsForIt() {
    wishing("near", "web", affinity("podAffinity", "db"));
    awaitRefused(
        "near",
        "1 node(s) didn't match pod affinity rules. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
    wishing("db", "db", "");
    awaitBound("db");
    awaitBound("near");
  }

  @Test
  void aPodThatWantsToBeFarFromAnotherWaitsUntilThatIsAnother() {
    wishing("old", "web", "");
    awaitBound("old");
    wishing("far", "new", affinity("podAntiAffinity", "web"));
    awaitRefused(
        "far",
        "1 node(s) didn't match pod anti-affinity rules. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");
    wishing("shy", "shy", affinity("podAntiAffinity", "web"));
    cluster.metadata(Kinds.POD, "default", "old", "{labels: {app: other}}");
    awaitBound("far");
    awaitBound("shy");
    wishing("again", "web", "");
    awaitRefused(
        "again",
        "1 node(s) didn't satisfy existing pods anti-affinity rules. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.");
    end("far");
    end("shy");
    awaitBound("again");
  }

  @Test
  void aPodThatIsToBeSpreadWaitsForANodeInAZone() {
    wishing(
        "spread",
        "web",
        "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}],");
    awaitRefused(
        "spread",
        "1 node(s) didn't match pod topology spread constraints (missing required label). preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.");
    cluster.metadata(Kinds.NODE, "", "node-1", "{labels: {zone: a}}");
    awaitBound("spread");
  }

  private static String affinity(String kind, String app) {
    return "affinity: {%s: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: %s}}}]}},"
        .formatted(kind, app);
  }

  /** A pod that asks for no resources; the specification ends with a comma. */
  private void wishing(String name, String app, String specification) {
    cluster.create(
        Kinds.POD,
        "default",
        "metadata: {name: %s, labels: {app: %s}}\nspec: {%s containers: [{name: c, image: i}]}"
            .formatted(name, app, specification));
  }

  private void awaitRefused(String name, String why) {
    await()
        .untilAsserted(() ->
            assertThat(cluster.events)
                .contains(name + " Warning FailedScheduling 0/1 nodes are available: " + why));
  }

  private void pod(String name, String priority, int cpus) {
    cluster.create(
        Kinds.POD,
        "default",
        "metadata: {name: %s}\nspec: {priorityClassName: '%s', containers: [{name: c, image: i, resources: {requests: {cpu: %d}}}]}"
            .formatted(name, priority, cpus));
  }

  private Document get(String name) {
    return cluster.get(Kinds.POD, "default", name);
  }

  private void awaitBound(String name) {
    await().until(() -> Pods.nodeName(get(name)).equals("node-1"));
  }

  private void end(String name) {
    cluster.registry.delete(Target.object(Kinds.POD, "default", name), DeleteOptions.now());
  }

  private void status(Target target, String yaml) {
    cluster.registry.patch(
        target.sub("status"),
        new Patch(
            Patch.Type.MERGE, Yaml.parse(("status: " + yaml).getBytes(StandardCharsets.UTF_8))),
        WriteOptions.NONE);
  }
}
