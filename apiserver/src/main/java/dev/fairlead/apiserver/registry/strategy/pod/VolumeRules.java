package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The volumes of a pod (upstream {@code ValidateVolumes}): named once, each of one kind. */
final class VolumeRules {
  private VolumeRules() {}

  /**
   * Checks them.
   *
   * @param podName empty in a template
   * @return those without a problem, by name: a mount of another one finds nothing
   */
  static Map<String, JsonNode> validate(
      JsonNode volumes, String podName, FieldPath path, Problems problems) {
    Map<String, JsonNode> good = new HashMap<>();
    Set<String> made = madeClaims(volumes, podName);
    for (int i = 0; i < volumes.size(); i++) {
      JsonNode volume = volumes.get(i);
      FieldPath at = path.index(i);
      String name = Trees.text(volume, "name");
      int before = problems.size();
      source(volume, podName, at, problems);
      name(name, good, at.child("name"), problems);
      if (problems.size() == before) {
        good.put(name, volume);
      }
      String claim = Trees.text(volume.path("persistentVolumeClaim"), "claimName");
      if (made.contains(claim)) {
        problems.invalid(
            at.child("persistentVolumeClaim.claimName"),
            claim,
            "must not reference a PVC that gets created for an ephemeral volume");
      }
    }
    return good;
  }

  /** The claims that come into being with the pod. */
  private static Set<String> madeClaims(JsonNode volumes, String podName) {
    Set<String> names = new HashSet<>();
    for (JsonNode volume : volumes) {
      if (!podName.isEmpty() && volume.has("ephemeral")) {
        names.add(podName + "-" + Trees.text(volume, "name"));
      }
    }
    return names;
  }

  private static void name(
      String name, Map<String, JsonNode> good, FieldPath path, Problems problems) {
    if (name.isEmpty()) {
      problems.required(path);
    } else {
      problems.name(path, name, Names::dnsLabel);
    }
    if (good.containsKey(name)) {
      problems.duplicate(path, name);
    }
  }

  private static void source(JsonNode volume, String podName, FieldPath path, Problems problems) {
    boolean found = false;
    for (VolumeSource source : VolumeSource.ALL) {
      JsonNode body = volume.get(source.field());
      if (body == null) {
        continue;
      }
      if (found) {
        problems.forbidden(path.child(source.twice()), "may not specify more than 1 volume type");
        continue;
      }
      found = true;
      source.check().check(body, path.child(source.shown()), problems);
    }
    if (!found) {
      problems.required(path, "must specify a volume type");
    }
    if (!podName.isEmpty() && volume.has("ephemeral")) {
      claimName(podName, Trees.text(volume, "name"), path.child("name"), problems);
    }
  }

  private static void claimName(String pod, String volume, FieldPath path, Problems problems) {
    String claim = pod + "-" + volume;
    if (!volume.isEmpty()) {
      Names.dnsSubdomain(claim)
          .forEach(
              why -> problems.invalid(path, volume, "PVC name \"%s\": %s".formatted(claim, why)));
    }
  }
}
