package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pods/resize}: what changes, what does not, and what is refused. */
class ResizeTest {
  private static final Target TARGET = Target.object(Kinds.POD, "default", "p").sub("resize");
  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: x, resources: {%s}},"
          + " {name: d, image: x}], initContainers: [{name: i, image: x}, {name: s, image: x,"
          + " restartPolicy: Always}]}}";
  private static final String CPU = "requests: {cpu: 100m}, limits: {cpu: 200m}";

  @AutoClose private final Bench bench = new Bench();

  private Document pod(String resources) {
    return bench.create(Kinds.POD, "default", POD.formatted(resources));
  }

  private Document patch(String yaml) {
    ObjectNode tree = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    return bench.registry.patch(
        TARGET, new Patch(Patch.Type.STRATEGIC_MERGE, tree), WriteOptions.NONE);
  }

  private Document resize(String container, String fields) {
    return patch("{spec: {%s: [{name: %s}]}}".formatted(container, fields));
  }

  @Test
  void amountsOfCpuAndMemoryChange() {
    pod(CPU);
    Document after =
        resize("containers", "c, resources: {requests: {cpu: 0.15}, limits: {cpu: 1}}");
    assertThat(Bench.text(after, "/spec/containers/0/resources"))
        .isEqualTo("{\"requests\":{\"cpu\":\"150m\"},\"limits\":{\"cpu\":\"1\"}}");
    assertThat(after.meta().generation()).isEqualTo(2);
    assertThat(Bench.text(after, "/status/qosClass")).isEqualTo("\"Burstable\"");
    assertThat(bench.registry.get(TARGET)).isEqualTo(after);
    Document sidecar = resize("initContainers", "s, resources: {requests: {memory: 1Mi}}");
    assertThat(Bench.text(sidecar, "/spec/initContainers/1/resources/requests/memory"))
        .isEqualTo("\"1Mi\"");
  }

  @Test
  void allElseStaysAsItIs() {
    Document before = pod(CPU);
    Document other =
        before.with(tree -> {
          ((ObjectNode) tree.at("/spec/containers/0")).put("image", "y");
          ((ObjectNode) tree.at("/spec/containers/0/resources/requests")).put("cpu", "150m");
          ((ObjectNode) tree.get("spec")).put("nodeName", "node-1").put("activeDeadlineSeconds", 5);
          ((ObjectNode) tree.get("status")).put("phase", "Failed");
          tree.withObjectProperty("metadata").putObject("labels").put("a", "b");
        });
    Document after = bench.registry.update(TARGET, other, WriteOptions.NONE);
    assertThat(Bench.text(after, "/spec/containers/0/image")).isEqualTo("\"x\"");
    assertThat(Bench.text(after, "/spec/containers/0/resources/requests/cpu"))
        .isEqualTo("\"150m\"");
    assertThat(after.spec().has("nodeName")).isFalse();
    assertThat(Bench.text(after, "/status/phase")).isEqualTo("\"Pending\"");
  }

  /** A row: the container's resources, the change, what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          requests: {cpu: 100m} | {containers: [{name: c, resources: {requests: {cpu: null}}}]} | [spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing, spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed]
          requests: {cpu: 100m}, limits: {cpu: 1} | {containers: [{name: c, resources: {limits: {cpu: null}}}]} | spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed
          limits: {memory: 2Mi} | {containers: [{name: c, resources: {limits: {memory: 1Mi}, requests: {memory: 1Mi}}}]} | spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be decreased unless resizePolicy is RestartContainer
          requests: {memory: 1Mi} | {containers: [{name: c, resources: {limits: {memory: 2Mi}}}]} | spec.containers[0].resources.limits[memory]: Forbidden: memory limits cannot be added unless resizePolicy is RestartContainer
          requests: {cpu: 100m} | {containers: [{name: c, resizePolicy: [{resourceName: memory, restartPolicy: RestartContainer}]}]} | spec: Forbidden: only cpu and memory resources are mutable
          requests: {ephemeral-storage: 1Mi, cpu: 1} | {containers: [{name: c, resources: {requests: {ephemeral-storage: 2Mi}}}]} | spec: Forbidden: only cpu and memory resources are mutable
          requests: {cpu: 100m} | {containers: [{name: c, resources: {limits: {cpu: 50m}}}]} | spec.containers[0].resources.requests: Invalid value: "100m": must be less than or equal to cpu limit of 50m
          requests: {cpu: 100m} | {containers: [{name: e, image: x}]} | spec: Forbidden: only cpu and memory resources are mutable
          requests: {cpu: 100m} | {initContainers: [{name: i, resources: {requests: {cpu: 1}}}]} | spec: Forbidden: resources for non-sidecar init containers are immutable
          requests: {cpu: 100m} | {initContainers: [{name: s, resources: {requests: {ephemeral-storage: 1Mi}}}]} |
          ^^ | {containers: [{name: c, resources: {requests: {cpu: 1}}}]} | spec: Invalid value: "BestEffort": Pod QOS Class may not change as a result of resizing
          """)
  void refused(String resources, String change, String why) {
    pod(resources == null ? "" : resources);
    if (why == null) {
      assertThat(patch("{spec: %s}".formatted(change)).meta().generation()).isEqualTo(2);
      return;
    }
    assertThatThrownBy(() -> patch("{spec: %s}".formatted(change)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422))
        .hasMessage("Pod \"p\" is invalid: " + why);
  }

  /** A row: annotations, spec and status besides, what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {kubernetes.io/config.mirror: x} | {nodeName: node-1} | {} | : Forbidden: static pods cannot be resized
          {} | {os: {name: windows}} | {} | : Forbidden: windows pods cannot be resized
          {} | {} | {containerStatuses: [{name: c, image: x, imageID: x, restartCount: 0, ready: true, state: {running: {}}}]} | spec: Forbidden: Pod running on node without support for resize
          {} | {} | {containerStatuses: [{name: c, image: x, imageID: x, restartCount: 0, ready: true, state: {running: {}}, resources: {}}]} |
          {} | {} | {containerStatuses: [{name: c, image: x, imageID: x, restartCount: 0, ready: true, state: {terminated: {exitCode: 1}}}]} |
          """)
  void notOfEveryPod(String annotations, String spec, String status, String why) {
    ObjectNode tree = Bench.document(POD.formatted("requests: {cpu: 1}")).tree().deepCopy();
    tree.withObjectProperty("metadata")
        .set("annotations", Yaml.parse(annotations.getBytes(StandardCharsets.UTF_8)));
    tree.withObjectProperty("spec").setAll(Yaml.parse(spec.getBytes(StandardCharsets.UTF_8)));
    Document made =
        bench.registry.create(
            Target.collection(Kinds.POD, "default"), Document.of(tree), WriteOptions.NONE);
    bench.status(
        Kinds.POD,
        made.with(pod ->
            pod.withObjectProperty("status")
                .setAll(Yaml.parse(status.getBytes(StandardCharsets.UTF_8)))));
    if (why == null) {
      assertThat(resize("containers", "c, resources: {requests: {cpu: 2}}")).isNotNull();
      return;
    }
    assertThatThrownBy(() -> resize("containers", "c, resources: {requests: {cpu: 2}}"))
        .hasMessage("Pod \"p\" is invalid: " + why);
  }

  @Test
  void theSpecItselfIsNotResized() {
    Document made = pod(CPU);
    Document other =
        made.with(tree ->
            ((ObjectNode) tree.at("/spec/containers/0/resources/requests")).put("cpu", "150m"));
    assertThatThrownBy(() -> bench.update(Kinds.POD, other))
        .hasMessageContaining("pod updates may not change fields other than");
  }

  @Test
  void quotasAndLimitRangesHoldForItToo() {
    bench.create(Kinds.RESOURCE_QUOTA, "default", "{metadata: {name: q}, spec: {hard: {cpu: 1}}}");
    bench.create(
        Kinds.LIMIT_RANGE,
        "default",
        "{metadata: {name: l}, spec: {limits: [{type: Container, max: {cpu: 500m}}]}}");
    Document quota = bench.get(Kinds.RESOURCE_QUOTA, "default", "q");
    bench.status(
        Kinds.RESOURCE_QUOTA,
        quota.with(tree ->
            tree.set(
                "status",
                Yaml.parse("{hard: {cpu: 1}, used: {cpu: 0}}".getBytes(StandardCharsets.UTF_8)))));
    bench.create(
        Kinds.POD,
        "default",
        "{metadata: {name: p}, spec: {containers: [{name: c, image: x, resources: {requests: {cpu:"
            + " 100m}}}, {name: d, image: x, resources: {requests: {cpu: 400m}}}]}}");
    assertThatThrownBy(() -> resize("containers", "c, resources: {limits: {cpu: 600m}}"))
        .hasMessage(
            "pods \"p\" is forbidden: maximum cpu usage per Container is 500m, but limit is 600m");
    resize("containers", "c, resources: {requests: {cpu: 300m}}");
    assertThat(Bench.text(bench.get(Kinds.RESOURCE_QUOTA, "default", "q"), "/status/used/cpu"))
        .isEqualTo("\"700m\"");
  }

  /** As upstream's admission: what a container does not say is filled in when it is resized. */
  @Test
  void defaultsOfLimitRangesAreFilledIn() {
    String one =
        "{metadata: {name: p}, spec: {containers: [{name: c, image: x, resources: {requests: {cpu:"
            + " 100m}}}]}}";
    Document before = bench.create(Kinds.POD, "default", one);
    bench.create(
        Kinds.LIMIT_RANGE,
        "default",
        "{metadata: {name: l}, spec: {limits: [{type: Container, defaultRequest: {memory: 1Mi},"
            + " default: {cpu: 1}}]}}");
    Document after = resize("containers", "c, resources: {requests: {cpu: 150m}}");
    assertThat(Bench.text(after, "/spec/containers/0/resources"))
        .isEqualTo(
            "{\"requests\":{\"cpu\":\"150m\",\"memory\":\"1Mi\"},\"limits\":{\"cpu\":\"1\"}}");
    assertThat(after.meta().annotations()).isEqualTo(before.meta().annotations());
  }

  @Test
  void whatIsFilledInMayNotChangeWhatIsNotResized() {
    pod(CPU);
    bench.create(
        Kinds.LIMIT_RANGE,
        "default",
        "{metadata: {name: l}, spec: {limits: [{type: Container, defaultRequest: {memory: 1Mi}}]}}");
    assertThatThrownBy(() -> resize("containers", "c, resources: {requests: {cpu: 150m}}"))
        .hasMessage(
            "Pod \"p\" is invalid: spec: Forbidden: resources for non-sidecar init containers are"
                + " immutable");
  }
}
