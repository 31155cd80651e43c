package dev.fairlead.controllers.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Near which pods, or far from which, a pod wants to be (API: {@code core/v1 PodAffinity}, {@code
 * PodAntiAffinity}).
 *
 * @param required all must hold
 * @param preferred each that holds counts
 */
record PodAffinity(List<AffinityTerm> required, List<Preference> preferred) {
  static final PodAffinity NONE = new PodAffinity(List.of(), List.of());

  /**
   * A term that is only preferred.
   *
   * @param weight 1 to 100
   */
  record Preference(AffinityTerm term, int weight) {}

  PodAffinity {
    required = List.copyOf(required);
    preferred = List.copyOf(preferred);
  }

  /**
   * Reads {@code spec.affinity.podAffinity} or {@code podAntiAffinity}.
   *
   * @param own the pod's namespace
   */
  static PodAffinity of(JsonNode affinity, String own) {
    if (!affinity.isObject()) {
      return NONE;
    }
    List<AffinityTerm> required = new ArrayList<>();
    affinity
        .path("requiredDuringSchedulingIgnoredDuringExecution")
        .forEach(term -> required.add(AffinityTerm.of(term, own)));
    List<Preference> preferred = new ArrayList<>();
    affinity
        .path("preferredDuringSchedulingIgnoredDuringExecution")
        .forEach(each ->
            preferred.add(
                new Preference(
                    AffinityTerm.of(each.path("podAffinityTerm"), own),
                    each.path("weight").asInt(0))));
    return new PodAffinity(required, preferred);
  }
}
