package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What may change of a pod that exists (upstream {@code ValidatePodUpdate}). */
public final class PodUpdateRules {
  private static final String RULE =
      "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";
  private static final List<String> LISTS = List.of("containers", "initContainers");
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final String GRACE = "terminationGracePeriodSeconds";
  private static final String DEADLINE = "activeDeadlineSeconds";

  private PodUpdateRules() {}

  /** The problems of a changed pod. */
  public static List<FieldError> validate(Document pod, Document old) {
    Problems problems = new Problems();
    PodAnnotationRules.kept(
        pod.tree().path("metadata").path("annotations"),
        old.tree().path("metadata").path("annotations"),
        FieldPath.of("metadata.annotations"),
        problems);
    if (Trees.same(pod.spec(), old.spec())) {
      return problems.list();
    }
    problems.addAll(PodSpecRules.pod(pod));
    if (containers(pod.spec(), old.spec(), problems)
        && deadline(pod.spec(), old.spec(), problems)) {
      tolerations(pod.spec().path("tolerations"), old.spec().path("tolerations"), problems);
      gates(pod.spec().path("schedulingGates"), old.spec().path("schedulingGates"), problems);
      fixed(pod.spec(), old.spec(), problems);
    }
    return problems.list();
  }

  /** Whether both have the same containers. */
  private static boolean containers(JsonNode spec, JsonNode old, Problems problems) {
    for (String list : LISTS) {
      if (spec.path(list).size() != old.path(list).size()) {
        problems.forbidden(SPEC.child(list), "pod updates may not add or remove containers");
        return false;
      }
    }
    return true;
  }

  /** Whether it makes sense to look further. */
  private static boolean deadline(JsonNode spec, JsonNode old, Problems problems) {
    JsonNode now = spec.path(DEADLINE);
    JsonNode before = old.path(DEADLINE);
    FieldPath path = SPEC.child(DEADLINE);
    if (!now.isNumber()) {
      if (before.isNumber()) {
        problems.invalid(path, "null", "must not update from a positive integer to nil value");
      }
      return true;
    }
    int known = problems.size();
    problems.range(path, now, 0, Integer.MAX_VALUE);
    if (problems.size() == known && before.isNumber() && now.asLong() > before.asLong()) {
      problems.invalid(path, now, "must be less than or equal to previous value");
    }
    return problems.size() == known;
  }

  private static void tolerations(JsonNode now, JsonNode before, Problems problems) {
    for (JsonNode each : before) {
      boolean kept = false;
      for (JsonNode other : now) {
        ObjectNode adjusted = other.deepCopy();
        Trees.take("tolerationSeconds", each, adjusted);
        kept |= Trees.same(adjusted, each);
      }
      if (!kept) {
        problems.forbidden(
            SPEC.child("tolerations"),
            "existing toleration can not be modified except its tolerationSeconds");
        return;
      }
    }
  }

  private static void gates(JsonNode now, JsonNode before, Problems problems) {
    Set<String> known = new HashSet<>();
    before.forEach(gate -> known.add(Trees.text(gate, "name")));
    for (int i = 0; i < now.size(); i++) {
      String name = Trees.text(now.get(i), "name");
      if (!known.contains(name)) {
        problems.forbidden(
            SPEC.child("schedulingGates").index(i).child("name"),
            "only deletion is allowed, but found new scheduling gate '%s'".formatted(name));
      }
    }
  }

  private static void fixed(JsonNode spec, JsonNode old, Problems problems) {
    ObjectNode fixed = spec.deepCopy();
    Trees.take(DEADLINE, old, fixed);
    Trees.take("tolerations", old, fixed);
    Trees.take("schedulingGates", old, fixed);
    if (old.path(GRACE).asLong() < 0 && spec.path(GRACE).asLong() == 1) {
      Trees.take(GRACE, old, fixed);
    }
    for (String list : LISTS) {
      for (int i = 0; i < fixed.path(list).size(); i++) {
        if (fixed.path(list).get(i) instanceof ObjectNode container) {
          Trees.take("image", old.path(list).get(i), container);
        }
      }
    }
    if (!old.path("schedulingGates").isEmpty()) {
      GatedPodRules.validate(fixed, old, SPEC, problems);
    }
    if (!Trees.same(fixed, old)
        && !Trees.same(PlainZeros.removed(fixed), PlainZeros.removed(old))) {
      problems.forbidden(SPEC, RULE + TreeDifference.text(old, fixed));
    }
  }
}
