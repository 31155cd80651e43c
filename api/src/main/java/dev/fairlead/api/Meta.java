package dev.fairlead.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code ObjectMeta} that Fairlead acts on (API: {@code meta/v1 ObjectMeta}). Strings
 * that are missing are empty; collections are unmodifiable and never null.
 *
 * @param resourceVersion opaque to clients; the decimal store revision of the last write
 * @param creationTimestamp null on an object that has not been stored yet
 * @param deletionTimestamp when set, the object is being deleted
 * @param deletionGracePeriodSeconds null when no deletion was asked for
 */
public record Meta(
    String name,
    String generateName,
    String namespace,
    String uid,
    String resourceVersion,
    long generation,
    @Nullable Instant creationTimestamp,
    @Nullable Instant deletionTimestamp,
    @Nullable Long deletionGracePeriodSeconds,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<OwnerReference> ownerReferences,
    List<String> finalizers) {

  static Meta read(JsonNode node) {
    return new Meta(
        node.path("name").asText(""),
        node.path("generateName").asText(""),
        node.path("namespace").asText(""),
        node.path("uid").asText(""),
        node.path("resourceVersion").asText(""),
        node.path("generation").asLong(0),
        instant(node.path("creationTimestamp")),
        instant(node.path("deletionTimestamp")),
        node.path("deletionGracePeriodSeconds").isNumber()
            ? Long.valueOf(node.path("deletionGracePeriodSeconds").asLong())
            : null,
        strings(node.path("labels")),
        strings(node.path("annotations")),
        owners(node.path("ownerReferences")),
        list(node.path("finalizers")));
  }

  /** The owner reference with {@code controller: true}, or null when nobody controls the object. */
  public @Nullable OwnerReference controller() {
    for (OwnerReference owner : ownerReferences) {
      if (owner.controller()) {
        return owner;
      }
    }
    return null;
  }

  /** Whether deletion was asked for. */
  public boolean deleting() {
    return deletionTimestamp != null;
  }

  private static @Nullable Instant instant(JsonNode node) {
    return node.isTextual() ? Instant.parse(node.asText()) : null;
  }

  private static Map<String, String> strings(JsonNode node) {
    Map<String, String> result = new LinkedHashMap<>();
    node.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return java.util.Collections.unmodifiableMap(result);
  }

  private static List<String> list(JsonNode node) {
    List<String> result = new ArrayList<>(node.size());
    node.forEach(element -> result.add(element.asText()));
    return List.copyOf(result);
  }

  private static List<OwnerReference> owners(JsonNode node) {
    List<OwnerReference> result = new ArrayList<>(node.size());
    node.forEach(element -> result.add(OwnerReference.read(element)));
    return List.copyOf(result);
  }
}
