package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.apiserver.allocation.Reservation;
import java.util.Comparator;
import java.util.Optional;

/** Gives pods the priority of their class, and keeps one class at most the default of all. */
public final class PriorityAdmission implements Admission {
  private static final String CLASS = "priorityClassName";
  private static final String PRIORITY = "priority";
  private static final String PREEMPTION = "preemptionPolicy";

  private final ClusterState cluster;

  public PriorityAdmission(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectNode object) {
    if (!(object.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    if (request.creates(Kinds.POD)) {
      establish(request, spec);
    } else if (request.updates(Kinds.POD)) {
      keep(spec, request.stored().spec());
    }
  }

  @Override
  public Reservation admit(AdmissionRequest request, ObjectNode object) {
    boolean written =
        request.creates(Kinds.PRIORITY_CLASS) || request.updates(Kinds.PRIORITY_CLASS);
    if (written && object.path("globalDefault").asBoolean(false)) {
      String name = object.path("metadata").path("name").asText();
      Optional<Document> other = globalDefault().filter(found -> !found.name().equals(name));
      if (other.isPresent()) {
        throw request.forbidden(
            "PriorityClass %s is already marked as default. Only one default can exist"
                .formatted(other.get().name()));
      }
    }
    return Reservation.NONE;
  }

  private void establish(AdmissionRequest request, ObjectNode spec) {
    PodPriority wanted = wanted(request, spec.path(CLASS).asText(""));
    JsonNode given = spec.path(PRIORITY);
    if (given.isNumber() && given.asLong() != wanted.value()) {
      throw request.forbidden(
          "the integer value of priority (%s) must not be provided in pod spec; priority admission controller computed %d from the given PriorityClass name"
              .formatted(given, wanted.value()));
    }
    String policy = spec.path(PREEMPTION).asText("");
    if (!policy.isEmpty() && !policy.equals(wanted.preemption())) {
      throw request.forbidden(
          "the string value of PreemptionPolicy (%s) must not be provided in pod spec; priority admission controller computed %s from the given PriorityClass name"
              .formatted(policy, wanted.preemption()));
    }
    if (!wanted.name().isEmpty()) {
      spec.put(CLASS, wanted.name());
    }
    spec.put(PRIORITY, wanted.value()).put(PREEMPTION, wanted.preemption());
  }

  /** Clients that do not know these fields leave them as they are. */
  private static void keep(ObjectNode spec, JsonNode old) {
    for (String field : new String[] {PRIORITY, PREEMPTION}) {
      if (!spec.has(field) && old.has(field)) {
        spec.set(field, old.get(field));
      }
    }
  }

  private PodPriority wanted(AdmissionRequest request, String name) {
    if (name.isEmpty()) {
      return globalDefault().map(PodPriority::of).orElse(PodPriority.NONE);
    }
    Document found = cluster.get(Kinds.PRIORITY_CLASS, "", name);
    if (found == null) {
      throw request.forbidden("no PriorityClass with name %s was found".formatted(name));
    }
    return PodPriority.of(found);
  }

  /** The lowest, should there be several by an accident of timing. */
  private Optional<Document> globalDefault() {
    return cluster.list(Kinds.PRIORITY_CLASS, "").stream()
        .filter(each -> each.tree().path("globalDefault").asBoolean(false))
        .min(Comparator.comparingInt(each -> each.tree().path("value").asInt()));
  }

  /** What a class gives to a pod. */
  private record PodPriority(String name, int value, String preemption) {
    static final PodPriority NONE = new PodPriority("", 0, "PreemptLowerPriority");

    static PodPriority of(Document priorityClass) {
      return new PodPriority(
          priorityClass.name(),
          priorityClass.tree().path("value").asInt(),
          priorityClass.tree().path(PREEMPTION).asText(NONE.preemption()));
    }
  }
}
