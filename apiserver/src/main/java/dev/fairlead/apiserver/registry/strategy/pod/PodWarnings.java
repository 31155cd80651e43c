package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpWarnings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What whoever writes pods should hear (upstream {@code pkg/api/pod/warnings.go}). */
public final class PodWarnings {
  private static final List<String> TERMS =
      List.of(
          "requiredDuringSchedulingIgnoredDuringExecution",
          "preferredDuringSchedulingIgnoredDuringExecution");

  private PodWarnings() {}

  /** About a new pod. Upstream says nothing of later changes: people do not make them. */
  public static List<String> ofPod(Document pod) {
    List<String> warnings = new ArrayList<>();
    name(
        pod.name(),
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [%s]",
        warnings);
    template(pod.tree(), FieldPath.of(""), false, warnings);
    return warnings;
  }

  /**
   * About an object that makes pods; nothing where only its metadata has changed.
   *
   * @param old what it was; null when it is new
   * @param named whether the object's name becomes part of theirs
   */
  public static List<String> ofTemplate(
      Document object, @Nullable Document old, JsonNode template, String path, boolean named) {
    if (old != null && object.meta().generation() == old.meta().generation()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    if (named && old == null) {
      name(
          object.name(),
          "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [%s]",
          warnings);
    }
    template(template, FieldPath.of(path), true, warnings);
    return warnings;
  }

  private static void name(String name, String text, List<String> warnings) {
    List<String> wrong = Names.dnsLabel(name);
    if (!wrong.isEmpty()) {
      warnings.add(text.formatted(String.join(" ", wrong)));
    }
  }

  private static void template(
      JsonNode template, FieldPath path, boolean isTemplate, List<String> warnings) {
    JsonNode spec = template.path("spec");
    FieldPath at = path.child("spec");
    SchedulingWarnings.of(spec, at, warnings);
    AnnotationWarnings.of(template, path, isTemplate, warnings);
    VolumeWarnings.of(spec.path("volumes"), at.child("volumes"), warnings);
    twice(spec.path("hostAliases"), "ip", at.child("hostAliases"), warnings);
    twice(spec.path("imagePullSecrets"), "name", at.child("imagePullSecrets"), warnings);
    nameless(spec.path("imagePullSecrets"), at.child("imagePullSecrets"), warnings);
    ContainerWarnings.amounts(spec.path("overhead"), at.child("overhead"), warnings);
    ContainerWarnings.of(spec, at, warnings);
    if (spec.path("terminationGracePeriodSeconds").asLong(0) < 0) {
      warnings.add(
          at.child("terminationGracePeriodSeconds")
              + ": must be >= 0; negative values are invalid and will be treated as 1");
    }
    neighbours(spec.path("affinity"), at.child("affinity"), warnings);
    JsonNode nameservers = spec.path("dnsConfig").path("nameservers");
    IpWarnings.addresses(nameservers, at.child("dnsConfig").child("nameservers"), warnings);
    IpWarnings.ips(spec.path("hostAliases"), at.child("hostAliases"), warnings);
  }

  private static void twice(JsonNode list, String field, FieldPath path, List<String> warnings) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String value = Trees.text(list.get(i), field);
      if (!seen.add(value)) {
        warnings.add("%s: duplicate %s \"%s\"".formatted(path.index(i).child(field), field, value));
      }
    }
  }

  private static void nameless(JsonNode list, FieldPath path, List<String> warnings) {
    for (int i = 0; i < list.size(); i++) {
      if (Trees.text(list.get(i), "name").isEmpty()) {
        warnings.add("%s: invalid empty name \"\"".formatted(path.index(i).child("name")));
      }
    }
  }

  private static void neighbours(JsonNode affinity, FieldPath path, List<String> warnings) {
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      for (String list : TERMS) {
        JsonNode terms = affinity.path(kind).path(list);
        for (int i = 0; i < terms.size(); i++) {
          FieldPath at = path.child(kind).child(list).index(i);
          boolean weighted = list.startsWith("preferred");
          JsonNode term = weighted ? terms.get(i).path("podAffinityTerm") : terms.get(i);
          if (!term.has("labelSelector")) {
            FieldPath named = weighted ? at.child("podAffinityTerm") : at;
            warnings.add(
                named.child("labelSelector") + ": a null labelSelector results in matching no pod");
          }
        }
      }
    }
  }
}
