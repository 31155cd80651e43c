package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Annotations that mean something to pods (upstream {@code ValidatePodSpecificAnnotations}). */
final class PodAnnotationRules {
  static final String MIRROR = "kubernetes.io/config.mirror";
  static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
  static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
  static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
  private static final Pattern INTEGER = Pattern.compile("0|-?[0-9]{1,10}");
  private static final Set<String> SECCOMP =
      Set.of("runtime/default", "docker/default", "unconfined");
  private static final Set<String> APP_ARMOR_PROFILES = Set.of("", "runtime/default", "unconfined");

  private PodAnnotationRules() {}

  static void validate(JsonNode metadata, JsonNode spec, FieldPath path, Problems problems) {
    for (Map.Entry<String, JsonNode> each : metadata.path("annotations").properties()) {
      String key = each.getKey();
      String value = each.getValue().asText("");
      if (key.equals(MIRROR) && Trees.text(spec, "nodeName").isEmpty()) {
        problems.invalid(
            path.key(key), value, "must set spec.nodeName if mirror pod annotation is set");
      } else if (key.equals(DELETION_COST) && !isInteger(value)) {
        problems.invalid(path.key(key), value, "must be a 32bit integer");
      } else if (key.equals(SECCOMP_POD) || key.startsWith(SECCOMP_CONTAINER)) {
        seccomp(value, path.child(key), problems);
      } else if (key.startsWith(APP_ARMOR)) {
        appArmor(key, value, spec, path.key(key), problems);
      }
    }
  }

  private static boolean isInteger(String text) {
    boolean padded = text.length() > 1 && text.startsWith("0");
    if (padded || !INTEGER.matcher(text).matches()) {
      return false;
    }
    long number = Long.parseLong(text);
    return number == (int) number;
  }

  private static void seccomp(String profile, FieldPath path, Problems problems) {
    if (profile.startsWith("localhost/")) {
      PathRules.descending(profile.substring("localhost/".length()), path, problems);
    } else if (!SECCOMP.contains(profile)) {
      problems.invalid(path, profile, "must be a valid seccomp profile");
    }
  }

  private static void appArmor(
      String key, String profile, JsonNode spec, FieldPath path, Problems problems) {
    String container = key.substring(APP_ARMOR.length());
    boolean known = false;
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      for (JsonNode each : spec.path(list)) {
        known |= Trees.text(each, "name").equals(container);
      }
    }
    if (!known) {
      problems.invalid(path, container, "container not found");
    }
    if (!APP_ARMOR_PROFILES.contains(profile) && !profile.startsWith("localhost/")) {
      problems.invalid(path, profile, "invalid AppArmor profile name: \"%s\"".formatted(profile));
    }
  }

  /** What a pod that exists must keep (upstream {@code ValidatePodSpecificAnnotationUpdates}). */
  static void kept(JsonNode now, JsonNode before, FieldPath path, Problems problems) {
    if (now.equals(before)) {
      return;
    }
    Set<String> keys = new TreeSet<>();
    now.fieldNames().forEachRemaining(keys::add);
    before.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      boolean same = now.path(key).equals(before.path(key));
      String verb = before.has(key) ? "remove or update" : "add";
      if (!same && key.startsWith(APP_ARMOR)) {
        problems.forbidden(path.key(key), "may not %s AppArmor annotations".formatted(verb));
      } else if (!same && key.equals(MIRROR)) {
        problems.forbidden(path.key(key), "may not %s mirror pod annotation".formatted(verb));
      }
    }
  }
}
