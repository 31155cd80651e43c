package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a pod may tell its containers of itself: fields and resources (the downward API). */
final class DownwardRules {
  private static final List<String> ENVIRONMENT =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final List<String> VOLUME =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");

  /** Labels of fields that the API knows, though not all may be asked for. */
  private static final Set<String> KNOWN =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.serviceAccountName",
          "spec.schedulerName",
          "status.phase",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final Set<String> BYTES =
      Set.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private DownwardRules() {}

  /** A {@code fieldRef} of a variable. */
  static void variable(JsonNode ref, FieldPath path, Problems problems) {
    field(ref, ENVIRONMENT, path, problems);
  }

  /** One file of a volume; upstream names it without its number in the list. */
  static void file(JsonNode file, FieldPath path, Problems problems) {
    String name = Trees.text(file, "path");
    if (name.isEmpty()) {
      problems.required(path.child("path"));
    }
    PathRules.notReserved(name, path.child("path"), problems);
    if (file.has("fieldRef")) {
      field(file.path("fieldRef"), VOLUME, path.child("fieldRef"), problems);
      if (file.has("resourceFieldRef")) {
        problems.invalid(
            path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
      }
    } else if (file.has("resourceFieldRef")) {
      resource(file.path("resourceFieldRef"), path.child("resourceFieldRef"), true, problems);
    } else {
      problems.required(path, "one of fieldRef and resourceFieldRef is required");
    }
    PathRules.mode(file.path("mode"), path.child("mode"), problems);
  }

  private static void field(
      JsonNode ref, List<String> supported, FieldPath path, Problems problems) {
    String version = Trees.text(ref, "apiVersion");
    String label = Trees.text(ref, "fieldPath");
    if (version.isEmpty() || label.isEmpty()) {
      problems.required(path.child(version.isEmpty() ? "apiVersion" : "fieldPath"));
      return;
    }
    int open = label.indexOf("['");
    if (open > 0 && label.endsWith("']") && label.length() >= open + 4) {
      subscript(label, open, version, path, problems);
      return;
    }
    String field = label.equals("spec.host") ? "spec.nodeName" : label;
    if (!version.equals("v1")) {
      unconvertible(label, "unsupported pod version: " + version, path, problems);
    } else if (!KNOWN.contains(field)) {
      unconvertible(label, "field label not supported: " + label, path, problems);
    } else {
      problems.oneOf(path.child("fieldPath"), field, supported);
    }
  }

  private static void subscript(
      String label, int open, String version, FieldPath path, Problems problems) {
    String key = label.substring(open + 2, label.length() - 2);
    if (!version.equals("v1")) {
      unconvertible(label, "unsupported pod version: " + version, path, problems);
      return;
    }
    switch (label.substring(0, open)) {
      case "metadata.annotations" ->
          problems.name(path, key.toLowerCase(Locale.ROOT), Names::qualifiedName);
      case "metadata.labels" -> problems.name(path, key, Names::qualifiedName);
      default ->
          unconvertible(label, "field label does not support subscript: " + label, path, problems);
    }
  }

  private static void unconvertible(String label, String why, FieldPath path, Problems problems) {
    problems.invalid(path.child("fieldPath"), label, "error converting fieldPath: " + why);
  }

  /** A {@code resourceFieldRef}; in a volume it must name its container. */
  static void resource(JsonNode ref, FieldPath path, boolean volume, Problems problems) {
    String resource = Trees.text(ref, "resource");
    if (volume && Trees.text(ref, "containerName").isEmpty()) {
      problems.required(path.child("containerName"));
    } else if (resource.isEmpty()) {
      problems.required(path.child("resource"));
    } else if (!hugePages(resource)) {
      problems.oneOf(path.child("resource"), resource, RESOURCES);
    }
    String text = Trees.text(ref, "divisor");
    if (!text.isEmpty()) {
      divisor(resource, Quantity.parse(text), path.child("divisor"), problems);
    }
  }

  private static void divisor(
      String resource, Quantity divisor, FieldPath path, Problems problems) {
    if (divisor.isZero()) {
      return;
    }
    String unit = divisor.toString();
    switch (resource) {
      case "limits.cpu", "requests.cpu" -> {
        if (!unit.equals("1m") && !unit.equals("1")) {
          problems.invalid(
              path, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
        }
      }
      case "limits.memory", "requests.memory" -> bytes(resource, unit, "memory", path, problems);
      case "limits.ephemeral-storage", "requests.ephemeral-storage" ->
          bytes(resource, unit, "local ephemeral storage", path, problems);
      default -> {
        if (hugePages(resource)) {
          bytes(resource, unit, "hugepages", path, problems);
        }
      }
    }
  }

  private static void bytes(
      String resource, String unit, String kind, FieldPath path, Problems problems) {
    if (!BYTES.contains(unit)) {
      problems.invalid(
          path,
          resource,
          "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with the %s resource"
              .formatted(kind));
    }
  }

  private static boolean hugePages(String resource) {
    return resource.startsWith("requests.hugepages-") || resource.startsWith("limits.hugepages-");
  }
}
