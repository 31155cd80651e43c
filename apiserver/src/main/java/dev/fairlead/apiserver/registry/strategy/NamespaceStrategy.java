package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.meta.MetaValidation;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Namespaces: a phase, and the finalizer that empties them first. */
final class NamespaceStrategy implements Strategy {
  private static final String FINALIZER = "kubernetes";
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

  @Override
  public ResourceType type() {
    return Kinds.NAMESPACE;
  }

  @Override
  public Names.Rule nameRule() {
    return Names::dnsLabel;
  }

  @Override
  public void defaults(ObjectNode namespace) {
    ObjectNode metadata = Trees.child(namespace, "metadata");
    String name = metadata.path("name").asText("");
    if (!name.isEmpty()) {
      Trees.child(metadata, "labels").put("kubernetes.io/metadata.name", name);
    }
  }

  @Override
  public void prepareForCreate(ObjectNode namespace) {
    namespace.putObject("status").put("phase", "Active");
    ArrayNode finalizers = Trees.child(namespace, "spec").withArray("finalizers");
    for (JsonNode finalizer : finalizers) {
      if (finalizer.asText().equals(FINALIZER)) {
        return;
      }
    }
    finalizers.add(FINALIZER);
  }

  /** Finalizers change through the subresource {@code finalize} only. */
  @Override
  public void prepareForUpdate(ObjectNode namespace, Document old) {
    Trees.take("spec", old.tree(), namespace);
  }

  @Override
  public List<FieldError> validateCreate(Document namespace) {
    List<FieldError> errors = new ArrayList<>();
    for (JsonNode finalizer : namespace.spec().path("finalizers")) {
      MetaValidation.finalizer(finalizer.asText(), "spec.finalizers", errors);
    }
    return errors;
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document namespace, Document old) {
    String phase = Trees.text(namespace.status(), "phase");
    String expected = namespace.meta().deleting() ? "Terminating" : "Active";
    String when = namespace.meta().deleting() ? "is not empty" : "is empty";
    return phase.equals(expected)
        ? List.of()
        : List.of(
            FieldError.invalid(
                "status.Phase",
                phase,
                "may only be '%s' if `deletionTimestamp` %s".formatted(expected, when)));
  }

  @Override
  public String undeletable(String name) {
    return IMMORTAL.contains(name) ? "this namespace may not be deleted" : "";
  }

  /** A namespace takes as long as it takes to empty it. */
  @Override
  public boolean tellsGracePeriod() {
    return false;
  }

  @Override
  public void prepareForDelete(ObjectNode namespace) {
    Trees.child(namespace, "status").put("phase", "Terminating");
  }

  @Override
  public boolean finalized(JsonNode namespace) {
    return namespace.path("spec").path("finalizers").isEmpty();
  }
}
