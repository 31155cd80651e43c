package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Enumeration;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a pod's spec must look like, in the order of upstream's {@code ValidatePodSpec}. */
public final class PodSpecRules {
  private static final List<String> RESTART_POLICIES = Enumeration.valuesOf("RestartPolicy");
  private static final List<String> DNS_POLICIES = Enumeration.valuesOf("DNSPolicy");
  private static final List<String> PREEMPTION_POLICIES = Enumeration.valuesOf("PreemptionPolicy");
  private static final String GRACE = "terminationGracePeriodSeconds";

  private PodSpecRules() {}

  /** The problems of a pod's spec, and of annotations that belong to it. */
  public static List<FieldError> pod(Document pod) {
    Problems problems = new Problems();
    JsonNode spec = pod.spec();
    FieldPath path = FieldPath.of("spec");
    PodAnnotationRules.validate(
        pod.tree().path("metadata"), spec, FieldPath.of("metadata.annotations"), problems);
    spec(spec, pod.name(), true, path, problems);
    for (String list : List.of("containers", "initContainers")) {
      for (int i = 0; i < spec.path(list).size(); i++) {
        ContainerRules.image(spec.path(list).get(i), path.child(list).index(i), problems);
      }
    }
    return problems.list();
  }

  /**
   * The problems of any pod's spec.
   *
   * @param podName empty in a template
   * @param pod whether this is a pod, and not a template
   */
  static void spec(JsonNode spec, String podName, boolean pod, FieldPath path, Problems problems) {
    if (!spec.has(GRACE)) {
      problems.required(path.child(GRACE));
    }
    Map<String, JsonNode> volumes =
        VolumeRules.validate(spec.path("volumes"), podName, path.child("volumes"), problems);
    GateRules.claims(spec.path("resourceClaims"), path.child("resourceClaims"), problems);
    containers(spec, PodScope.of(spec, volumes), path, problems);
    if (spec.has("resources")) {
      ResourceRules.pod(spec.path("resources"), path.child("resources"), problems);
    }
    ContainerPortRules.hostNetwork(spec, pod, path, problems);
    problems.requireOneOf(
        path.child("restartPolicy"), Trees.text(spec, "restartPolicy"), RESTART_POLICIES);
    problems.requireOneOf(path.child("dnsPolicy"), Trees.text(spec, "dnsPolicy"), DNS_POLICIES);
    problems.labels(path.child("nodeSelector"), spec.path("nodeSelector"));
    SecurityContextRules.pod(spec, path.child("securityContext"), problems);
    HostNamespaceRules.processes(spec, path.child("securityContext"), problems);
    scheduling(spec, path, problems);
    HostNamespaceRules.hostProcesses(spec, path, problems);
    HostNamespaceRules.users(spec, path, problems);
    names(spec, path, problems);
    OsRules.validate(spec, path, problems);
  }

  private static void containers(JsonNode spec, PodScope pod, FieldPath path, Problems problems) {
    Set<String> names = new HashSet<>();
    ContainerRoleRules.running(
        spec.path("containers"), pod, names, path.child("containers"), problems);
    ContainerRoleRules.init(
        spec.path("initContainers"), pod, names, path.child("initContainers"), problems);
    EphemeralContainerRules.validate(
        spec.path("ephemeralContainers"), pod, names, path.child("ephemeralContainers"), problems);
  }

  private static void scheduling(JsonNode spec, FieldPath path, Problems problems) {
    JsonNode affinity = spec.path("affinity");
    FieldPath at = path.child("affinity");
    NodeAffinityRules.validate(affinity.path("nodeAffinity"), at.child("nodeAffinity"), problems);
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      PodAffinityRules.validate(affinity.path(kind), at.child(kind), problems);
    }
    DnsRules.config(spec, path.child("dnsConfig"), problems);
    GateRules.readiness(spec.path("readinessGates"), path.child("readinessGates"), problems);
    GateRules.scheduling(spec.path("schedulingGates"), path.child("schedulingGates"), problems);
    SpreadRules.validate(
        spec.path("topologySpreadConstraints"), path.child("topologySpreadConstraints"), problems);
  }

  private static void names(JsonNode spec, FieldPath path, Problems problems) {
    name(spec, "serviceAccountName", Names::dnsSubdomain, path, problems);
    name(spec, "nodeName", Names::dnsSubdomain, path, problems);
    problems.range(
        path.child("activeDeadlineSeconds"),
        spec.path("activeDeadlineSeconds"),
        1,
        Integer.MAX_VALUE);
    name(spec, "hostname", Names::dnsLabel, path, problems);
    name(spec, "subdomain", Names::dnsLabel, path, problems);
    TolerationRules.validate(spec.path("tolerations"), path.child("tolerations"), problems);
    DnsRules.aliases(spec.path("hostAliases"), path.child("hostAliases"), problems);
    name(spec, "priorityClassName", Names::dnsSubdomain, path, problems);
    if (spec.has("runtimeClassName")) {
      problems.name(
          path.child("runtimeClassName"),
          Trees.text(spec, "runtimeClassName"),
          Names::dnsSubdomain);
    }
    if (spec.has("preemptionPolicy")) {
      problems.requireOneOf(
          path.child("preemptionPolicy"),
          Trees.text(spec, "preemptionPolicy"),
          PREEMPTION_POLICIES);
    }
    if (spec.has("overhead")) {
      ObjectNode limits = Json.object().set("limits", spec.get("overhead"));
      ResourceRules.container(limits, Set.of(), path.child("overhead"), problems);
    }
  }

  private static void name(
      JsonNode spec, String field, Names.Rule rule, FieldPath path, Problems problems) {
    String value = Trees.text(spec, field);
    if (!value.isEmpty()) {
      problems.name(path.child(field), value, rule);
    }
  }
}
