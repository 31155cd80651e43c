package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Warnings;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.GatedFields;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields of pods whose gates are closed in upstream 1.33 ({@code pkg/api/pod/util.go}).
 *
 * @param spec where the pod's spec stands
 */
public record PodGates(JsonPointer spec, List<GatedFields> features) {
  private static final List<String> CONTAINERS =
      List.of("containers[*]", "initContainers[*]", "ephemeralContainers[*]");
  private static final List<String> STATUSES =
      List.of("containerStatuses[*]", "initContainerStatuses[*]", "ephemeralContainerStatuses[*]");

  /** Those of pods. */
  public static final PodGates POD =
      of("spec")
          .and(
              feature(
                  "PodObservedGenerationTracking",
                  "status.observedGeneration",
                  "status.conditions[*].observedGeneration"),
              feature("DynamicResourceAllocation", "status.resourceClaimStatuses"),
              feature(
                  "ResourceHealthStatus", each("status.", STATUSES, ".allocatedResourcesStatus")),
              feature("ContainerStopSignals", each("status.", STATUSES, ".stopSignal")));

  public PodGates {
    features = List.copyOf(features);
  }

  /**
   * Those of templates.
   *
   * @param spec where the pod's spec stands: {@code spec.template.spec}
   */
  public static PodGates of(String spec) {
    String at = spec + ".";
    Stream<String> claims = Stream.of(each(at, CONTAINERS, ".resources.claims"));
    return new PodGates(
        JsonPointer.compile("/" + spec.replace('.', '/')),
        List.of(
            feature("PodLevelResources", at + "resources"),
            feature(
                "DynamicResourceAllocation",
                Stream.concat(Stream.of(at + "resourceClaims"), claims).toArray(String[]::new)),
            feature("ContainerStopSignals", each(at, CONTAINERS, ".lifecycle.stopSignal"))
                .emptying(each(at, CONTAINERS, ".lifecycle")),
            feature(
                "ClusterTrustBundleProjection",
                at + "volumes[*].projected.sources[*].clusterTrustBundle")));
  }

  /** With those of the object around it. */
  public PodGates and(GatedFields... more) {
    return new PodGates(spec, Stream.concat(features.stream(), Stream.of(more)).toList());
  }

  /** Drops them from an object; {@code old} is what it was, null when new. */
  public void drop(ObjectNode object, @Nullable Document old) {
    GatedFields.drop(features, object, old);
    dropImageVolumes(object.at(spec), old == null ? null : old.tree().at(spec));
  }

  /** Volumes of images ({@code ImageVolume}) go with their mounts. */
  private static void dropImageVolumes(JsonNode spec, @Nullable JsonNode old) {
    Set<String> dropped = imageVolumes(spec);
    if (dropped.isEmpty() || (old != null && !imageVolumes(old).isEmpty())) {
      return;
    }
    Warnings.add("volumes: those of images are dropped, the feature gate ImageVolume is off");
    remove(spec.path("volumes"), volume -> volume.has("image"));
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (JsonNode container : spec.path(list)) {
        remove(
            container.path("volumeMounts"), mount -> dropped.contains(Trees.text(mount, "name")));
      }
    }
  }

  private static Set<String> imageVolumes(JsonNode spec) {
    Set<String> names = new HashSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.has("image")) {
        names.add(Trees.text(volume, "name"));
      }
    }
    return names;
  }

  private static void remove(JsonNode list, Predicate<JsonNode> which) {
    if (list instanceof ArrayNode array) {
      Iterator<JsonNode> items = array.iterator();
      while (items.hasNext()) {
        if (which.test(items.next())) {
          items.remove();
        }
      }
    }
  }

  private static GatedFields feature(String gate, String... fields) {
    return GatedFields.of(gate, fields);
  }

  private static String[] each(String before, List<String> lists, String after) {
    return lists.stream().map(list -> before + list + after).toArray(String[]::new);
  }
}
