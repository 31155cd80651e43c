package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.FieldError;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;
import java.util.Set;

/**
 * Profiles that are named twice, by an annotation of old and by a field, must be the same (upstream
 * {@code validateSeccompAnnotationsAndFields}, {@code
 * validateAppArmorAnnotationsAndFieldsMatchOnCreate}).
 */
public final class AnnotatedProfiles {
  private static final String LOCAL = "localhost/";
  private static final List<String> LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private AnnotatedProfiles() {}

  /** The problems of a new pod, or of a template, whose spec stands at {@code path}. */
  public static List<FieldError> validate(JsonNode metadata, JsonNode spec, FieldPath path) {
    Problems problems = new Problems();
    JsonNode annotations = metadata.path("annotations");
    if (annotations.isEmpty()) {
      return problems.list();
    }
    JsonNode podWide = spec.path("securityContext");
    seccomp(
        annotations.path(PodAnnotationRules.SECCOMP_POD),
        podWide,
        path.child("securityContext"),
        problems);
    boolean windows = Trees.text(spec.path("os"), "name").equals("windows");
    for (String list : LISTS) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        JsonNode container = spec.path(list).get(i);
        JsonNode own = container.path("securityContext");
        String name = Trees.text(container, "name");
        FieldPath at = path.child(list).index(i).child("securityContext");
        seccomp(annotations.path(PodAnnotationRules.SECCOMP_CONTAINER + name), own, at, problems);
        JsonNode armored = own.has("appArmorProfile") ? own : podWide;
        if (!windows) {
          appArmor(annotations.path(PodAnnotationRules.APP_ARMOR + name), armored, at, problems);
        }
      }
    }
    return problems.list();
  }

  private static void seccomp(
      JsonNode annotation, JsonNode context, FieldPath path, Problems problems) {
    compare(
        annotation,
        context.path("seccompProfile"),
        Set.of("runtime/default", "docker/default"),
        "seccomp",
        path.child("seccompProfile"),
        problems);
  }

  private static void appArmor(
      JsonNode annotation, JsonNode context, FieldPath path, Problems problems) {
    compare(
        annotation,
        context.path("appArmorProfile"),
        Set.of("runtime/default"),
        "apparmor",
        path.child("appArmorProfile"),
        problems);
  }

  private static void compare(
      JsonNode annotation,
      JsonNode profile,
      Set<String> defaults,
      String what,
      FieldPath path,
      Problems problems) {
    if (annotation.isMissingNode() || !profile.isObject()) {
      return;
    }
    String value = annotation.asText();
    boolean sameType =
        switch (Trees.text(profile, "type")) {
          case "Unconfined" -> value.equals("unconfined");
          case "RuntimeDefault" -> defaults.contains(value);
          case "Localhost" -> value.startsWith(LOCAL);
          default -> true;
        };
    if (!sameType) {
      problems.forbidden(path.child("type"), what + " type in annotation and field must match");
    } else if (value.startsWith(LOCAL)
        && !value.equals(LOCAL + Trees.text(profile, "localhostProfile"))) {
      problems.forbidden(
          path.child("localhostProfile"), what + " profile in annotation and field must match");
    }
  }
}
