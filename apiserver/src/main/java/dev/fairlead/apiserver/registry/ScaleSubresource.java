package dev.fairlead.apiserver.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.patch.Patches;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.apiserver.registry.managed.FieldManager;
import dev.fairlead.apiserver.registry.managed.ScaleManager;
import java.util.List;
import java.util.Set;

/** {@code scale}: the number of replicas as an {@code autoscaling/v1 Scale}. */
record ScaleSubresource(TypeRegistry objects, ScaleManager managers) implements Subresource {
  private static final ResourceType SCALE =
      new ResourceType(
          "autoscaling",
          "v1",
          "Scale",
          "scales",
          "scale",
          true,
          List.of(),
          List.of(),
          Set.of(),
          "");

  @Override
  public Document get(Target target) {
    return scale(objects.get(target));
  }

  @Override
  public Document update(Target target, Document body, WriteOptions options) {
    Updater.Edit edit = stored -> next(stored, body, options);
    return scale(objects.editManaged(target, edit, Shape.MAIN, options));
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    if (patch.type() == Patch.Type.APPLY) {
      Updater.Edit edit = stored -> applied(target, stored, patch, options);
      return scale(objects.editManaged(target, edit, Shape.MAIN, options));
    }
    // A Scale holds no lists, so a strategic merge is a merge.
    Patch plain =
        patch.type() == Patch.Type.STRATEGIC_MERGE
            ? new Patch(Patch.Type.MERGE, patch.body())
            : patch;
    Updater.Edit edit =
        stored -> next(stored, patched(target, scale(stored), plain, options), options);
    return scale(objects.editManaged(target, edit, Shape.MAIN, options));
  }

  private static Document patched(
      Target target, Document scale, Patch patch, WriteOptions options) {
    Document patched = Patches.apply(SCALE, scale, patch);
    NamedBody.check(target, patched);
    return PatchedFields.check(Schema.load().of(SCALE), patched, patch, options);
  }

  private ObjectNode next(Document stored, Document scale, WriteOptions options) {
    ObjectNode next = scaled(stored, scale);
    JsonNode list = FieldManager.detach(next);
    FieldManager.attach(
        next,
        managers.updated(scale(stored).tree(), scale(Document.of(next)).tree(), list, options));
    return next;
  }

  private ObjectNode applied(Target target, Document stored, Patch patch, WriteOptions options) {
    JsonNode body = patch.body();
    if (!(body instanceof ObjectNode config)
        || !body.path("apiVersion").asText("").equals(SCALE.apiVersion())
        || !body.path("kind").asText("").equals(SCALE.kind())) {
      throw ApiException.badRequest(
          "invalid object type: %s, Kind=%s"
              .formatted(body.path("apiVersion").asText(""), body.path("kind").asText("")));
    }
    JsonNode list = stored.tree().path("metadata").get("managedFields");
    ScaleManager.AppliedScale applied =
        managers.applied(scale(stored).tree(), config, list, options);
    NamedBody.check(target, Document.of(applied.scale()));
    ObjectNode next = scaled(stored, Document.of(applied.scale()));
    FieldManager.detach(next);
    FieldManager.attach(next, applied.list());
    Applier.report(patch, options);
    return next;
  }

  private static ObjectNode scaled(Document stored, Document scale) {
    if (!scale.kind().isEmpty() && !scale.kind().equals("Scale")) {
      throw ApiException.badRequest(
          "the kind in the data (%s) does not match the expected kind (Scale)"
              .formatted(scale.kind()));
    }
    JsonNode replicas = scale.spec().path("replicas");
    long wanted = replicas.asLong(0);
    if (wanted < 0) {
      throw ApiException.invalid(
          SCALE,
          stored.name(),
          List.of(
              FieldError.invalid("spec.replicas", wanted, "must be greater than or equal to 0")));
    }
    ObjectNode next = Trees.copy(stored);
    Trees.child(next, "spec").put("replicas", (int) wanted);
    ObjectNode metadata = Trees.child(next, "metadata");
    metadata.put("resourceVersion", scale.meta().resourceVersion());
    if (!scale.meta().uid().isEmpty()) {
      metadata.put("uid", scale.meta().uid());
    }
    return next;
  }

  private static Document scale(Document object) {
    ObjectNode tree = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = tree.putObject("metadata");
    JsonNode from = object.tree().path("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      Trees.take(field, from, metadata);
    }
    tree.putObject("spec").put("replicas", object.spec().path("replicas").asInt(0));
    tree.putObject("status")
        .put("replicas", object.status().path("replicas").asInt(0))
        .put("selector", selector(object));
    return Document.of(tree);
  }

  /** A ReplicationController's is a map of labels. */
  private static String selector(Document object) {
    JsonNode selector = object.spec().path("selector");
    return object.kind().equals(Kinds.REPLICATION_CONTROLLER.kind())
        ? SelectorText.of(Json.object().set("matchLabels", selector))
        : SelectorText.of(selector);
  }
}
