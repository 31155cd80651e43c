package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.admission.Evictions;
import dev.fairlead.apiserver.allocation.Reservation;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import org.jspecify.annotations.Nullable;

/** Evictions of pods: each is a deletion that the pod's disruption budget agrees to. */
record EvictionSubresource(TypeRegistry pods, Evictions evictions, SystemFields fields)
    implements Subresource {

  @Override
  public Document create(Target target, Document body, WriteOptions options) {
    if (!body.name().equals(target.name())) {
      throw ApiException.badRequest("name in URL does not match name in Eviction object");
    }
    Target pod = new Target(target.type(), target.namespace(), target.name(), "");
    Document _ =
        pods.delete(pod, options(body.tree().path("deleteOptions"), options), new Evicting());
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return Document.of(status.put("status", "Success").put("code", 201));
  }

  private static DeleteOptions options(JsonNode body, WriteOptions options) {
    JsonNode grace = body.path("gracePeriodSeconds");
    boolean dryRun = options.dryRun();
    for (JsonNode value : body.path("dryRun")) {
      if (!value.asText().equals("All")) {
        throw ApiException.badRequest(
            "dryRun: Unsupported value: \"%s\": supported values: \"All\""
                .formatted(value.asText()));
      }
      dryRun = true;
    }
    return new DeleteOptions(
        grace.isNumber() ? Long.valueOf(grace.asLong()) : null,
        propagation(body.path("propagationPolicy").asText("")),
        body.at("/preconditions/uid").asText(""),
        body.at("/preconditions/resourceVersion").asText(""),
        dryRun);
  }

  private static DeleteOptions.@Nullable Propagation propagation(String policy) {
    return switch (policy) {
      case "" -> null;
      case "Orphan" -> DeleteOptions.Propagation.ORPHAN;
      case "Background" -> DeleteOptions.Propagation.BACKGROUND;
      case "Foreground" -> DeleteOptions.Propagation.FOREGROUND;
      default ->
          throw ApiException.badRequest(
              "propagationPolicy: Unsupported value: \"%s\": supported values: \"Foreground\", \"Background\", \"Orphan\""
                  .formatted(policy));
    };
  }

  private final class Evicting implements Deleter.Companion {
    @Override
    public Reservation reserve(Document pod) {
      return evictions.charge(pod, fields.now());
    }

    /** KEP-3329: the pod says why it goes. */
    @Override
    public void mark(ObjectNode pod) {
      ArrayNode conditions = Trees.child(pod, "status").withArray("conditions");
      for (int i = conditions.size() - 1; i >= 0; i--) {
        if (conditions.get(i).path("type").asText().equals("DisruptionTarget")) {
          conditions.remove(i);
        }
      }
      conditions
          .addObject()
          .put("type", "DisruptionTarget")
          .put("status", "True")
          .put("lastTransitionTime", fields.now().toString())
          .put("reason", "EvictionByEvictionAPI")
          .put("message", "Eviction API: evicting");
    }
  }
}
