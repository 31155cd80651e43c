package dev.fairlead.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Json;
import dev.fairlead.controllers.garbage.RegistryFixture;
import dev.fairlead.controllers.namespace.NamespaceStatus.Progress;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a namespace over the real registry: pods first, then the rest, then itself. */
@Timeout(60)
class NamespaceDeletionTest {
  @AutoClose
  private final RegistryFixture cluster = new RegistryFixture("namespace", "garbagecollector");

  @Test
  void podsGoBeforeTheRest() {
    cluster.create(
        Kinds.POD,
        "other",
        "{metadata: {name: p, finalizers: [example.com/hold]}, spec: {containers: [{name: c, image: i}]}}");
    cluster.create(Kinds.CONFIG_MAP, "other", "metadata: {name: m}");
    cluster.create(Kinds.SECRET, "other", "metadata: {name: s, finalizers: [example.com/hold]}");
    cluster.registry.delete(Target.object(Kinds.NAMESPACE, "", "other"), DeleteOptions.NONE);
    awaitCondition(
        "NamespaceContentRemaining True SomeResourcesRemain Some resources are remaining: pods. has 1 resource instances");
    awaitCondition(
        "NamespaceFinalizersRemaining True SomeFinalizersRemain Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances");
    assertThat(cluster.get(Kinds.CONFIG_MAP, "other", "m").meta().deleting()).isFalse();
    assertThat(cluster.get(Kinds.SECRET, "other", "s").meta().deleting()).isFalse();
    refusesNewContent();

    cluster.metadata(Kinds.POD, "other", "p", "{finalizers: null}");
    await().until(() -> cluster.absent(Kinds.CONFIG_MAP, "other", "m"));
    awaitCondition(
        "NamespaceContentRemaining True SomeResourcesRemain Some resources are remaining: secrets. has 1 resource instances");
    cluster.metadata(Kinds.SECRET, "other", "s", "{finalizers: null}");
    await().until(() -> cluster.absent(Kinds.NAMESPACE, "", "other"));
  }

  private void refusesNewContent() {
    assertThatThrownBy(() -> cluster.create(Kinds.CONFIG_MAP, "other", "metadata: {name: new}"))
        .isInstanceOf(ApiException.class)
        .hasMessage(
            "configmaps \"new\" is forbidden: unable to create new content in namespace other because it is being terminated")
        .satisfies(e -> {
          JsonNode cause = ((ApiException) e).status().tree().at("/details/causes/0");
          assertThat(Json.text(cause))
              .isEqualTo(
                  "{\"reason\":\"NamespaceTerminating\",\"message\":\"namespace other is being terminated\",\"field\":\"metadata.namespace\"}");
        });
  }

  private void awaitCondition(String wanted) {
    await()
        .untilAsserted(() ->
            assertThat(
                    cluster
                        .get(Kinds.NAMESPACE, "", "other")
                        .status()
                        .path("conditions")
                        .valueStream()
                        .map(NamespaceDeletionTest::line))
                .contains(wanted));
  }

  private static String line(JsonNode condition) {
    return String.join(
        " ",
        condition.path("type").asText(),
        condition.path("status").asText(),
        condition.path("reason").asText(),
        condition.path("message").asText());
  }

  @Test
  void failuresAreCountedAndSorted() {
    Document namespace =
        Document.of(Json.object().put("kind", "Namespace").put("apiVersion", "v1"));
    Progress progress =
        new Progress(new TreeMap<>(), new TreeMap<>(), List.of("z is down", "a is down"));
    assertThat(progress.done()).isFalse();
    assertThat(
            NamespaceStatus.of(namespace, progress, Instant.EPOCH)
                .path("conditions")
                .valueStream()
                .map(NamespaceDeletionTest::line))
        .containsExactly(
            "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered All resources successfully discovered",
            "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions All legacy kube types successfully parsed",
            "NamespaceDeletionContentFailure True ContentDeletionFailed Failed to delete all resource types, 2 remaining: a is down, z is down",
            "NamespaceContentRemaining False ContentRemoved All content successfully removed",
            "NamespaceFinalizersRemaining False ContentHasNoFinalizers All content-preserving finalizers finished");
  }
}
