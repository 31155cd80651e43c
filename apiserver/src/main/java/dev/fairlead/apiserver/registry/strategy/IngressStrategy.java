package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ingresses: stored for controllers that others run; none comes with the cluster. */
final class IngressStrategy implements Strategy {
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

  @Override
  public ResourceType type() {
    return Kinds.INGRESS;
  }

  @Override
  public void prepareForCreate(ObjectNode ingress) {
    ingress.putObject("status").putObject("loadBalancer");
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public List<FieldError> validateCreate(Document ingress) {
    List<FieldError> errors = new ArrayList<>(IngressValidation.spec(ingress.spec()));
    String annotated = ingress.meta().annotations().get(CLASS_ANNOTATION);
    String named = ingress.spec().path("ingressClassName").asText(annotated);
    if (annotated != null && !annotated.equals(named)) {
      errors.add(
          FieldError.invalid(
              "annotations." + CLASS_ANNOTATION,
              annotated,
              "must match `ingressClassName` when both are specified"));
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document ingress, Document old) {
    return IngressValidation.spec(ingress.spec());
  }

  @Override
  public List<FieldError> validateStatusUpdate(Document ingress, Document old) {
    return LoadBalancerStatus.validate(ingress.status().path("loadBalancer"));
  }

  @Override
  public List<String> warnings(Document ingress, @Nullable Document old) {
    List<String> warnings = new ArrayList<>();
    boolean annotated = ingress.meta().annotations().containsKey(CLASS_ANNOTATION);
    if (old == null && annotated && !ingress.spec().has("ingressClassName")) {
      warnings.add(
          "annotation \"%s\" is deprecated, please use 'spec.ingressClassName' instead"
              .formatted(CLASS_ANNOTATION));
    }
    warnings.add(
        "Ingress \"%s\" is stored, but no ingress controller comes with this cluster"
            .formatted(ingress.name()));
    return warnings;
  }

  @Override
  public List<String> statusWarnings(Document ingress) {
    return LoadBalancerStatus.warnings(ingress);
  }
}
