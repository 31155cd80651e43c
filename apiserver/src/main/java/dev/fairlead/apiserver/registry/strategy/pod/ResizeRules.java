package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.quota.QosClass;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.ArrayList;
import java.util.List;

/** What may change of a pod through {@code resize} (upstream {@code ValidatePodResize}). */
public final class ResizeRules {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final List<String> RESIZED = List.of("cpu", "memory");
  private static final List<String> AMOUNTS = List.of("limits", "requests");
  private static final String ONLY = "only cpu and memory resources are mutable";

  private ResizeRules() {}

  /**
   * The problems of a pod written through {@code resize}.
   *
   * @param before problems of its metadata
   */
  public static List<FieldError> validate(Document pod, Document old, List<FieldError> before) {
    String never = never(old);
    if (!never.isEmpty()) {
      return List.of(FieldError.forbidden("", never));
    }
    Problems problems = new Problems();
    problems.addAll(before);
    problems.addAll(PodSpecRules.pod(pod));
    JsonNode spec = pod.spec();
    if (!sameContainers(spec, old.spec())) {
      problems.forbidden(SPEC, ONLY);
      return problems.list();
    }
    String known = Trees.text(old.status(), "qosClass");
    if (!QosClass.of(spec).equals(known.isEmpty() ? QosClass.of(old.spec()) : known)) {
      problems.invalid(SPEC, known, "Pod QOS Class may not change as a result of resizing");
    }
    if (!supported(old.status())) {
      problems.forbidden(SPEC, "Pod running on node without support for resize");
    }
    limits(spec.path("initContainers"), old.spec(), "initContainers", problems);
    limits(spec.path("containers"), old.spec(), "containers", problems);
    fixed(spec, old.spec(), problems);
    return problems.list();
  }

  /** Why a pod is never resized; empty when it may be. */
  private static String never(Document old) {
    JsonNode own = old.spec().path("resources");
    if (!own.path("requests").isEmpty() || !own.path("limits").isEmpty()) {
      return "pods with pod-level resources cannot be resized";
    }
    if (old.meta().annotations().containsKey(PodAnnotationRules.MIRROR)) {
      return "static pods cannot be resized";
    }
    boolean windows = Trees.text(old.spec().path("os"), "name").equals("windows");
    return windows ? "windows pods cannot be resized" : "";
  }

  private static boolean sameContainers(JsonNode spec, JsonNode old) {
    for (String list : List.of("containers", "initContainers")) {
      if (spec.path(list).size() != old.path(list).size()) {
        return false;
      }
    }
    return true;
  }

  /** A node that can resize says what each running container has. */
  private static boolean supported(JsonNode status) {
    for (JsonNode container : status.path("containerStatuses")) {
      if (container.path("state").has("running")) {
        return container.has("resources");
      }
    }
    return true;
  }

  private static void limits(JsonNode containers, JsonNode old, String list, Problems problems) {
    boolean init = list.equals("initContainers");
    for (int i = 0; i < containers.size(); i++) {
      JsonNode before = old.path(list).get(i);
      if (!init || sidecar(before)) {
        FieldPath path = SPEC.child(list).index(i).child("resources");
        container(containers.get(i), before.path("resources"), path, problems);
      }
    }
  }

  private static boolean sidecar(JsonNode init) {
    return Trees.text(init, "restartPolicy").equals("Always");
  }

  private static void container(
      JsonNode container, JsonNode before, FieldPath path, Problems problems) {
    JsonNode now = container.path("resources");
    for (String list : List.of("requests", "limits")) {
      List<String> names = new ArrayList<>();
      before.path(list).fieldNames().forEachRemaining(names::add);
      if (names.stream().anyMatch(name -> !now.path(list).has(name))) {
        problems.forbidden(path.child(list), "resource %s cannot be removed".formatted(list));
      }
    }
    if (restarts(container, "memory") || !now.path("limits").has("memory")) {
      return;
    }
    FieldPath memory = path.child("limits").key("memory");
    String unless = "memory limits cannot be %s unless resizePolicy is RestartContainer";
    JsonNode limit = before.path("limits").path("memory");
    if (limit.isMissingNode()) {
      problems.forbidden(memory, unless.formatted("added"));
    } else if (ResourceRules.quantity(now.path("limits").path("memory"))
            .compareTo(ResourceRules.quantity(limit))
        < 0) {
      problems.forbidden(memory, unless.formatted("decreased"));
    }
  }

  /** Whether a container is restarted when this resource of it changes. */
  private static boolean restarts(JsonNode container, String resource) {
    for (JsonNode policy : container.path("resizePolicy")) {
      if (Trees.text(policy, "resourceName").equals(resource)) {
        return Trees.text(policy, "restartPolicy").equals("RestartContainer");
      }
    }
    return false;
  }

  /** All else stays. */
  private static void fixed(JsonNode spec, JsonNode old, Problems problems) {
    int known = problems.size();
    ObjectNode same = spec.deepCopy();
    for (int i = 0; i < same.path("containers").size(); i++) {
      JsonNode before = old.path("containers").get(i);
      if (changed((ObjectNode) same.path("containers").get(i), before)) {
        problems.forbidden(SPEC, ONLY);
      }
    }
    for (int i = 0; i < same.path("initContainers").size(); i++) {
      JsonNode before = old.path("initContainers").get(i);
      ObjectNode now = (ObjectNode) same.path("initContainers").get(i);
      if (sidecar(before) && changed(now, before)) {
        problems.forbidden(
            SPEC, "only cpu and memory resources for sidecar containers are mutable");
      } else if (!sidecar(before) && !Trees.same(now, before)) {
        problems.forbidden(SPEC, "resources for non-sidecar init containers are immutable");
      }
    }
    if (problems.size() == known && known == 0 && !Trees.same(same, old)) {
      problems.forbidden(SPEC, ONLY);
    }
  }

  /** Whether a container differs in more than CPU and memory, which are set back. */
  private static boolean changed(ObjectNode container, JsonNode before) {
    ObjectNode resources = Trees.child(container, "resources");
    for (String list : AMOUNTS) {
      JsonNode known = before.path("resources").path(list);
      if (known.isMissingNode()) {
        resources.remove(list);
        continue;
      }
      ObjectNode amounts = Trees.child(resources, list);
      for (String name : RESIZED) {
        Trees.take(name, known, amounts);
      }
    }
    return !Trees.same(container, before);
  }
}
