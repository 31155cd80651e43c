package dev.fairlead.apiserver.registry.strategy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.net.Ip;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.Names;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import dev.fairlead.apiserver.registry.rules.IpValidation;
import dev.fairlead.apiserver.registry.rules.Problems;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a node may say of a pod (upstream {@code ValidatePodStatusUpdate}). */
public final class PodStatusRules {
  private static final Set<String> SYSTEM = Set.of("PodScheduled", "Ready", "Initialized");

  private PodStatusRules() {}

  /** The problems of a pod written through {@code status}. */
  public static List<FieldError> validate(Document pod, Document old) {
    Problems problems = new Problems();
    JsonNode now = pod.status();
    JsonNode before = old.status();
    FieldPath path = FieldPath.of("status");
    PodAnnotationRules.kept(
        pod.tree().path("metadata").path("annotations"),
        old.tree().path("metadata").path("annotations"),
        FieldPath.of("metadata.annotations"),
        problems);
    conditions(now.path("conditions"), problems);
    String nominated = Trees.text(now, "nominatedNodeName");
    if (!nominated.isEmpty()) {
      problems.name(path.child("nominatedNodeName"), nominated, Names::dnsSubdomain);
    }
    String quality = Trees.text(now, "qosClass");
    if (!quality.equals(Trees.text(before, "qosClass"))) {
      problems.invalid(path.child("qosClass"), quality, "field is immutable");
    }
    transitions(now, before, old.spec(), path, problems);
    addresses(now.path("podIPs"), path.child("podIPs"), problems);
    hostAddresses(now, path.child("hostIPs"), problems);
    return problems.list();
  }

  /** Upstream reports them below {@code metadata}. */
  private static void conditions(JsonNode conditions, Problems problems) {
    for (int i = 0; i < conditions.size(); i++) {
      String type = Trees.text(conditions.get(i), "type");
      if (!SYSTEM.contains(type)) {
        FieldPath path = FieldPath.of("metadata.conditions").index(i).child("Type");
        problems.name(path, type, Names::qualifiedName);
      }
    }
  }

  private static void transitions(
      JsonNode now, JsonNode before, JsonNode spec, FieldPath path, Problems problems) {
    String policy = Trees.text(spec, "restartPolicy");
    Set<String> restarting = new HashSet<>();
    for (JsonNode container : spec.path("initContainers")) {
      if (Trees.text(container, "restartPolicy").equals("Always")) {
        restarting.add(Trees.text(container, "name"));
      }
    }
    restarts(now, before, "containerStatuses", policy, Set.of(), path, problems);
    restarts(now, before, "initContainerStatuses", policy, restarting, path, problems);
    restarts(now, before, "ephemeralContainerStatuses", "Never", Set.of(), path, problems);
  }

  /** A container that ended and is not restarted stays ended. */
  private static void restarts(
      JsonNode now,
      JsonNode before,
      String list,
      String policy,
      Set<String> restarting,
      FieldPath path,
      Problems problems) {
    if (policy.equals("Always")) {
      return;
    }
    for (int i = 0; i < before.path(list).size(); i++) {
      JsonNode old = before.path(list).get(i);
      JsonNode ended = old.path("state").path("terminated");
      boolean fails = ended.path("exitCode").asInt(0) != 0 && policy.equals("OnFailure");
      String name = Trees.text(old, "name");
      if (!ended.isObject() || fails || restarting.contains(name)) {
        continue;
      }
      for (JsonNode each : now.path(list)) {
        if (Trees.text(each, "name").equals(name) && !each.path("state").has("terminated")) {
          problems.forbidden(
              path.child(list).index(i).child("state"),
              "may not be transitioned to non-terminated state");
        }
      }
    }
  }

  private static void hostAddresses(JsonNode status, FieldPath path, Problems problems) {
    JsonNode addresses = status.path("hostIPs");
    if (addresses.isEmpty()) {
      return;
    }
    String first = Trees.text(addresses.get(0), "ip");
    if (!Trees.text(status, "hostIP").equals(first)) {
      problems.invalid(path.index(0).child("ip"), first, "must be equal to `hostIP`");
    }
    addresses(addresses, path, problems);
  }

  private static void addresses(JsonNode addresses, FieldPath path, Problems problems) {
    Set<String> seen = new HashSet<>();
    Set<Ip.Family> families = EnumSet.noneOf(Ip.Family.class);
    boolean twice = false;
    for (int i = 0; i < addresses.size(); i++) {
      String text = Trees.text(addresses.get(i), "ip");
      problems.name(path.index(i), text, IpValidation::legacyIp);
      twice |= Ip.parseLegacy(text).map(ip -> !families.add(ip.family())).orElse(false);
      if (!seen.add(text)) {
        problems.duplicate(path.index(i), addresses.get(i));
      }
    }
    if (twice) {
      problems.invalid(path, addresses, "may specify no more than one IP for each IP family");
    }
  }
}
