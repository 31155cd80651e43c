package dev.fairlead.apiserver.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsApiTest {
  private static final String FIGURES =
      "cpu: {time: '2026-01-01T00:00:00.5Z', usageNanoCores: %d, windowMilliseconds: %d},"
          + " memory: {workingSetBytes: %d}";

  private final MemoryStore store = new MemoryStore();
  private final Registry registry =
      new Registry(store, RegistrySettings.DEFAULT, InstantSource.system(), new Random(7));
  private final Map<String, JsonNode> summaries = new HashMap<>();
  private final KubeApi api = MetricsApi.over(registry, nodes -> summaries);

  @BeforeEach
  void objects() {
    create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
    create(Kinds.NODE, "", "{metadata: {name: one, labels: {zone: a}}}");
    create(Kinds.NODE, "", "{metadata: {name: two}}");
    String uid = pod("p", "{app: x}").meta().uid();
    pod("q", "{app: y}");
    summaries.put(
        "one",
        Yaml.parse(
            ("{node: {%s}, pods: [{podRef: {uid: %s}, containers: [{name: d, %s}, {name: c, %s}]}]}"
                    .formatted(
                        FIGURES.formatted(1_500_000_000L, 15_000, 4L << 30),
                        uid,
                        FIGURES.formatted(5_000_000, 61_250, 2L << 20),
                        FIGURES.formatted(7_000_000, 61_250, 1L << 20)))
                .getBytes(StandardCharsets.UTF_8)));
  }

  @AfterEach
  void close() {
    registry.close();
    store.close();
  }

  private Document create(ResourceType type, String namespace, String yaml) {
    return registry.create(
        Target.collection(type, namespace),
        Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))),
        WriteOptions.NONE);
  }

  private Document pod(String name, String labels) {
    return create(
        Kinds.POD,
        "default",
        "{metadata: {name: %s, labels: %s}, spec: {nodeName: one, containers: [{name: c, image: x}, {name: d, image: x}]}}"
            .formatted(name, labels));
  }

  @Test
  void aNodeUsesWhatItsKubeletSays() {
    Document node = api.get(Target.object(Kinds.NODE_METRICS, "", "one"));
    assertThat(node.tree().at("/usage/cpu").asText()).isEqualTo("1500000000n");
    assertThat(node.tree().at("/usage/memory").asText()).isEqualTo("4194304Ki");
    assertThat(node.tree().path("window").asText()).isEqualTo("15s");
    assertThat(node.tree().path("timestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(node.meta().labels()).containsEntry("zone", "a");
    assertThat(node.tree().path("apiVersion").asText()).isEqualTo("metrics.k8s.io/v1beta1");
  }

  @Test
  void aNodeWhoseKubeletIsSilentIsLeftOut() {
    assertThat(api.list(Target.all(Kinds.NODE_METRICS), ListOptions.ALL).items())
        .extracting(Document::name)
        .containsExactly("one");
    assertThatThrownBy(() -> api.get(Target.object(Kinds.NODE_METRICS, "", "two")))
        .hasMessage("nodes.metrics.k8s.io \"two\" not found");
  }

  @Test
  void containersStandInTheirOrder() {
    List<Document> pods =
        api.list(Target.collection(Kinds.POD_METRICS, "default"), ListOptions.labels("app=x"))
            .items();
    assertThat(pods).extracting(Document::name).containsExactly("p");
    assertThat(pods.getFirst().tree().at("/containers/0/name").asText()).isEqualTo("c");
    assertThat(pods.getFirst().tree().at("/containers/0/usage/cpu").asText()).isEqualTo("7000000n");
    assertThat(pods.getFirst().tree().at("/containers/1/usage/memory").asText())
        .isEqualTo("2048Ki");
    assertThat(pods.getFirst().tree().path("window").asText()).isEqualTo("1m1.25s");
    assertThat(
            api.list(Target.collection(Kinds.POD_METRICS, "default"), ListOptions.labels("app=y"))
                .items())
        .isEmpty();
  }

  @Test
  void nobodyWritesThem() {
    Target target = Target.object(Kinds.POD_METRICS, "default", "p");
    assertThatThrownBy(() -> api.delete(target, DeleteOptions.NONE))
        .hasMessage("the server does not allow this method on the requested resource");
    assertThat(api.get(Target.object(Kinds.POD, "default", "p")).name()).isEqualTo("p");
  }
}
