package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.List;

/** What every container must look like (upstream {@code validateContainerCommon}). */
final class ContainerRules {
  private static final List<String> MESSAGE_POLICIES =
      Enumeration.valuesOf("TerminationMessagePolicy");

  private ContainerRules() {}

  static void validate(JsonNode container, PodScope pod, FieldPath path, Problems problems) {
    String name = Trees.text(container, "name");
    if (name.isEmpty()) {
      problems.required(path.child("name"));
    } else {
      problems.name(path.child("name"), name, Names::dnsLabel);
    }
    if (Trees.text(container, "image").isEmpty()) {
      problems.required(path.child("image"));
    }
    problems.requireOneOf(
        path.child("terminationMessagePolicy"),
        Trees.text(container, "terminationMessagePolicy"),
        MESSAGE_POLICIES);
    ContainerPortRules.validate(container.path("ports"), path.child("ports"), problems);
    EnvironmentRules.variables(container.path("env"), path.child("env"), problems);
    EnvironmentRules.sources(container.path("envFrom"), path.child("envFrom"), problems);
    MountRules.mounts(container, pod.volumes(), path.child("volumeMounts"), problems);
    MountRules.devices(container, pod.volumes(), path.child("volumeDevices"), problems);
    problems.requireOneOf(
        path.child("imagePullPolicy"),
        Trees.text(container, "imagePullPolicy"),
        LocalVolumes.PULL_POLICIES);
    ResourceRules.container(
        container.path("resources"), pod.claims(), path.child("resources"), problems);
    ResizePolicyRules.validate(
        container.path("resizePolicy"), pod.restartPolicy(), path.child("resizePolicy"), problems);
    SecurityContextRules.container(
        container.path("securityContext"),
        pod.hostUsers(),
        path.child("securityContext"),
        problems);
  }

  /** An image's name stands alone in a pod; a template may hold a placeholder. */
  static void image(JsonNode container, FieldPath path, Problems problems) {
    String image = Trees.text(container, "image");
    if (!image.equals(image.strip())) {
      problems.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
    }
  }
}
