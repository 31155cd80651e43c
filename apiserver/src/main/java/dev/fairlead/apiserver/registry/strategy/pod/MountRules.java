package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a container finds its volumes (upstream {@code ValidateVolumeMounts}, {@code
 * ValidateVolumeDevices}). As there, some problems are reported at the list, not at the item.
 */
final class MountRules {
  private static final List<String> PROPAGATIONS = Enumeration.valuesOf("MountPropagationMode");
  private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

  private MountRules() {}

  static void mounts(
      JsonNode container, Map<String, JsonNode> volumes, FieldPath path, Problems problems) {
    JsonNode mounts = container.path("volumeMounts");
    Taken devices = Taken.of(container.path("volumeDevices"), "devicePath");
    Set<String> places = new HashSet<>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.get(i);
      FieldPath at = path.index(i);
      name(Trees.text(mount, "name"), volumes, at.child("name"), problems);
      place(Trees.text(mount, "mountPath"), places, at.child("mountPath"), problems);
      devices.check(mount, "mountPath", "volumeDevices", at, problems);
      subPath(mount, path, at, problems);
      propagation(mount, container, path.child("mountPropagation"), problems);
      recursive(mount, path.child("recursiveReadOnly"), problems);
    }
  }

  private static void name(
      String name, Map<String, JsonNode> volumes, FieldPath path, Problems problems) {
    if (name.isEmpty()) {
      problems.required(path);
    }
    if (!volumes.containsKey(name)) {
      problems.notFound(path, name);
    }
  }

  private static void place(String place, Set<String> places, FieldPath path, Problems problems) {
    if (place.isEmpty()) {
      problems.required(path);
    }
    if (!places.add(place)) {
      problems.invalid(path, place, "must be unique");
    }
  }

  private static void subPath(JsonNode mount, FieldPath list, FieldPath path, Problems problems) {
    String fixed = Trees.text(mount, "subPath");
    String expanded = Trees.text(mount, "subPathExpr");
    PathRules.descending(fixed, list.child("subPath"), problems);
    if (!expanded.isEmpty() && !fixed.isEmpty()) {
      problems.invalid(
          path.child("subPathExpr"), expanded, "subPathExpr and subPath are mutually exclusive");
    }
    PathRules.descending(expanded, list.child("subPathExpr"), problems);
  }

  private static void propagation(
      JsonNode mount, JsonNode container, FieldPath path, Problems problems) {
    if (!mount.has("mountPropagation")) {
      return;
    }
    String mode = Trees.text(mount, "mountPropagation");
    problems.oneOf(path, mode, PROPAGATIONS);
    boolean privileged = container.path("securityContext").path("privileged").asBoolean(false);
    if (mode.equals("Bidirectional") && !privileged) {
      problems.forbidden(
          path, "Bidirectional mount propagation is available only to privileged containers");
    }
  }

  private static void recursive(JsonNode mount, FieldPath path, Problems problems) {
    if (!mount.has("recursiveReadOnly")) {
      return;
    }
    String mode = Trees.text(mount, "recursiveReadOnly");
    problems.oneOf(path, mode, RECURSIVE);
    if (!mode.equals("Enabled") && !mode.equals("IfPossible")) {
      return;
    }
    if (!mount.path("readOnly").asBoolean(false)) {
      problems.forbidden(path, "may only be specified when readOnly is true");
    }
    String propagation = Trees.text(mount, "mountPropagation");
    if (mount.has("mountPropagation") && !propagation.equals("None")) {
      problems.forbidden(
          path, "may only be specified when mountPropagation is None or not specified");
    }
  }

  static void devices(
      JsonNode container, Map<String, JsonNode> volumes, FieldPath path, Problems problems) {
    JsonNode devices = container.path("volumeDevices");
    if (devices.isEmpty()) {
      return;
    }
    Taken mounts = Taken.of(container.path("volumeMounts"), "mountPath");
    Set<String> names = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (int i = 0; i < devices.size(); i++) {
      JsonNode device = devices.get(i);
      FieldPath at = path.index(i);
      deviceName(Trees.text(device, "name"), names, volumes, at.child("name"), problems);
      String place = Trees.text(device, "devicePath");
      place(place, places, at.child("devicePath"), problems);
      if (PathRules.stepsUp(place)) {
        problems.invalid(at.child("devicePath"), place, "can not contain backsteps ('..')");
      }
      mounts.check(device, "devicePath", "volumeMounts", at, problems);
    }
  }

  private static void deviceName(
      String name,
      Set<String> names,
      Map<String, JsonNode> volumes,
      FieldPath path,
      Problems problems) {
    JsonNode volume = volumes.get(name);
    if (name.isEmpty()) {
      problems.required(path);
    } else if (!names.add(name)) {
      problems.invalid(path, name, "must be unique");
    }
    if (volume == null) {
      problems.notFound(path, name);
    } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      problems.invalid(
          path,
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
  }

  /** What the other list of the container uses already. */
  private record Taken(Set<String> names, Set<String> places) {
    static Taken of(JsonNode list, String place) {
      if (list.isEmpty()) {
        return new Taken(Set.of(), Set.of());
      }
      Set<String> names = new HashSet<>();
      Set<String> places = new HashSet<>();
      for (JsonNode each : list) {
        names.add(Trees.text(each, "name"));
        places.add(Trees.text(each, place));
      }
      return new Taken(names, places);
    }

    void check(JsonNode item, String place, String other, FieldPath path, Problems problems) {
      String name = Trees.text(item, "name");
      if (names.contains(name)) {
        problems.invalid(path.child("name"), name, "must not already exist in " + other);
      }
      String where = Trees.text(item, place);
      if (places.contains(where)) {
        problems.invalid(path.child(place), where, "must not already exist as a path in " + other);
      }
    }
  }
}
