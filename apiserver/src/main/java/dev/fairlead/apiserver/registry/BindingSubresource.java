package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code binding} of pods: gives a pod its node, once. */
record BindingSubresource(TypeRegistry pods, SystemFields fields) implements Subresource {
  private static final ResourceType BINDING =
      new ResourceType(
          "", "v1", "Binding", "bindings", "binding", true, List.of(), List.of(), Set.of(), "");

  @Override
  public Document create(Target target, Document body, WriteOptions options) {
    if (!body.name().equals(target.name())) {
      throw ApiException.badRequest("name in URL does not match name in Binding object");
    }
    validate(body);
    pods.edit(target, stored -> bind(target, stored, body), Shape.TRUSTED, options);
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return Document.of(status.put("status", "Success").put("code", 201));
  }

  private static void validate(Document body) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode to = body.tree().path("target");
    String kind = to.path("kind").asText("");
    if (!kind.isEmpty() && !kind.equals("Node")) {
      errors.add(FieldError.notSupported("target.kind", kind, List.of("Node", "<empty>")));
    }
    if (to.path("name").asText("").isEmpty()) {
      errors.add(FieldError.required("target.name", ""));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(BINDING, body.name(), errors);
    }
  }

  private ObjectNode bind(Target target, Document pod, Document body) {
    UidPrecondition.check(Kinds.POD, pod, body.meta().uid());
    if (pod.meta().deleting()) {
      throw conflict(
          target, "pod %s is being deleted, cannot be assigned to a host".formatted(target.name()));
    }
    if (!pod.spec().path("schedulingGates").isEmpty()) {
      throw conflict(target, "pod %s has non-empty .spec.schedulingGates".formatted(target.name()));
    }
    String node = pod.spec().path("nodeName").asText("");
    if (!node.isEmpty()) {
      throw conflict(
          target, "pod %s is already assigned to node \"%s\"".formatted(target.name(), node));
    }
    ObjectNode next = Trees.copy(pod);
    Trees.child(next, "spec").put("nodeName", body.tree().path("target").path("name").asText());
    body.meta()
        .annotations()
        .forEach((key, value) ->
            Trees.child(Trees.child(next, "metadata"), "annotations").put(key, value));
    scheduled(Trees.child(next, "status"));
    return next;
  }

  private void scheduled(ObjectNode status) {
    ArrayNode conditions = status.withArray("conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).path("type").asText().equals("PodScheduled")) {
        conditions.remove(i);
      }
    }
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "True")
        .put("lastTransitionTime", fields.now().toString());
  }

  private static ApiException conflict(Target target, String why) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on pods/binding \"%s\": %s".formatted(target.name(), why),
        Json.object().put("name", target.name()).put("kind", "pods/binding"));
  }
}
