package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.registry.meta.Names;
import java.util.ArrayList;
import java.util.List;

/** IngressClasses: which controller serves which Ingresses. */
final class IngressClassStrategy implements Strategy {
  private static final int CONTROLLER_BYTES_MAX = 250;
  private static final List<String> SCOPES = List.of("Cluster", "Namespace");

  @Override
  public ResourceType type() {
    return Kinds.INGRESS_CLASS;
  }

  @Override
  public void defaults(ObjectNode ingressClass) {
    if (ingressClass.path("spec").path("parameters") instanceof ObjectNode parameters
        && !parameters.has("scope")) {
      parameters.put("scope", "Cluster");
    }
  }

  @Override
  public boolean countsGeneration() {
    return true;
  }

  @Override
  public List<FieldError> validateCreate(Document ingressClass) {
    List<FieldError> errors = new ArrayList<>();
    String controller = ingressClass.spec().path("controller").asText("");
    if (controller.length() > CONTROLLER_BYTES_MAX) {
      errors.add(FieldError.tooLong("spec.controller", CONTROLLER_BYTES_MAX));
    }
    DomainPrefixedPath.validate(controller, "spec.controller", errors);
    if (ingressClass.spec().has("parameters")) {
      parameters(ingressClass.spec().get("parameters"), errors);
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document ingressClass, Document old) {
    List<FieldError> errors = new ArrayList<>();
    String controller = ingressClass.spec().path("controller").asText("");
    if (!controller.equals(old.spec().path("controller").asText(""))) {
      errors.add(FieldError.invalid("spec.controller", controller, "field is immutable"));
    }
    errors.addAll(validateCreate(ingressClass));
    return errors;
  }

  private static void parameters(JsonNode parameters, List<FieldError> errors) {
    String path = "spec.parameters";
    References.typedLocal(parameters, path, errors);
    String scope = parameters.path("scope").asText("");
    boolean namespaced = parameters.has("namespace");
    String namespace = parameters.path("namespace").asText("");
    switch (scope) {
      case "Namespace" -> {
        if (!namespaced) {
          errors.add(
              FieldError.required(path + ".namespace", "`parameters.scope` is set to 'Namespace'"));
        } else {
          Names.dnsLabel(namespace)
              .forEach(why -> errors.add(FieldError.invalid(path + ".namespace", namespace, why)));
        }
      }
      case "Cluster" -> {
        if (namespaced) {
          errors.add(
              FieldError.forbidden(path + ".namespace", "`parameters.scope` is set to 'Cluster'"));
        }
      }
      default -> errors.add(FieldError.notSupported(path + ".scope", scope, SCOPES));
    }
  }
}
