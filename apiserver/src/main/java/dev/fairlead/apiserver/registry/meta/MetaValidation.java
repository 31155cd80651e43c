package dev.fairlead.apiserver.registry.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Meta;
import dev.fairlead.api.OwnerReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What {@code ObjectMeta} must look like (apimachinery {@code api/validation/objectmeta.go}). */
public final class MetaValidation {
  private static final int ANNOTATIONS_BYTES_MAX = 256 * 1024;
  private static final Set<String> PLAIN_FINALIZERS =
      Set.of("orphan", "foregroundDeletion", "kubernetes");

  private MetaValidation() {}

  /** Problems of the metadata of a new object. */
  public static List<FieldError> create(Document object, boolean namespaced, Names.Rule name) {
    List<FieldError> errors = new ArrayList<>();
    Meta meta = object.meta();
    name(meta, name, errors);
    if (namespaced) {
      Names.dnsLabel(meta.namespace())
          .forEach(
              why -> errors.add(FieldError.invalid("metadata.namespace", meta.namespace(), why)));
    }
    common(object, errors);
    return errors;
  }

  /** Problems of the metadata of a changed object. */
  public static List<FieldError> update(Document object, Document old) {
    List<FieldError> errors = new ArrayList<>();
    common(object, errors);
    Meta now = object.meta();
    Meta before = old.meta();
    if (before.deleting()) {
      List<String> added = new ArrayList<>(now.finalizers());
      added.removeAll(before.finalizers());
      if (!added.isEmpty()) {
        errors.add(
            FieldError.forbidden(
                "metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{%s}"
                    .formatted(quoted(added))));
      }
    }
    immutable("metadata.name", now.name(), before.name(), errors);
    immutable("metadata.namespace", now.namespace(), before.namespace(), errors);
    immutable("metadata.uid", now.uid(), before.uid(), errors);
    return errors;
  }

  /** Problems of a map of labels. */
  public static List<FieldError> labels(JsonNode labels, String path) {
    List<FieldError> errors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      String key = label.getKey();
      String value = label.getValue().asText();
      Names.qualifiedName(key).forEach(why -> errors.add(FieldError.invalid(path, key, why)));
      Names.labelValue(value).forEach(why -> errors.add(FieldError.invalid(path, value, why)));
    }
    return errors;
  }

  private static void name(Meta meta, Names.Rule rule, List<FieldError> errors) {
    if (!meta.generateName().isEmpty()) {
      String base = meta.generateName();
      // As upstream, which replaces the last two characters by one that a name may end with.
      boolean open = base.length() > 1 && base.endsWith("-");
      String shown = open ? base.substring(0, base.length() - 2) + "a" : base;
      rule.check(shown)
          .forEach(why -> errors.add(FieldError.invalid("metadata.generateName", base, why)));
    }
    if (meta.name().isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
      return;
    }
    rule.check(meta.name())
        .forEach(why -> errors.add(FieldError.invalid("metadata.name", meta.name(), why)));
  }

  private static void common(Document object, List<FieldError> errors) {
    JsonNode metadata = object.tree().path("metadata");
    Meta meta = object.meta();
    if (meta.generation() < 0) {
      errors.add(
          FieldError.invalid(
              "metadata.generation", meta.generation(), "must be greater than or equal to 0"));
    }
    errors.addAll(labels(metadata.path("labels"), "metadata.labels"));
    errors.addAll(annotations(metadata.path("annotations"), "metadata.annotations"));
    owners(meta.ownerReferences(), errors);
    finalizers(meta.finalizers(), errors);
  }

  /** Problems of a map of annotations. */
  public static List<FieldError> annotations(JsonNode annotations, String path) {
    List<FieldError> errors = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<String, JsonNode> each : annotations.properties()) {
      String key = each.getKey();
      // Upstream accepts capitals in the prefix of an annotation's key.
      Names.qualifiedName(key.toLowerCase(Locale.ROOT))
          .forEach(why -> errors.add(FieldError.invalid(path, key, why)));
      bytes += key.getBytes(StandardCharsets.UTF_8).length;
      bytes += each.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > ANNOTATIONS_BYTES_MAX) {
      errors.add(
          new FieldError(
              FieldError.Reason.FieldValueTooLong,
              path,
              "Too long: may not be more than %d bytes".formatted(ANNOTATIONS_BYTES_MAX)));
    }
    return errors;
  }

  private static void owners(List<OwnerReference> owners, List<FieldError> errors) {
    String controller = "";
    for (OwnerReference owner : owners) {
      // Upstream names the list, not the item.
      String path = "metadata.ownerReferences";
      if (owner.apiVersion().isEmpty()) {
        errors.add(FieldError.invalid(path + ".apiVersion", "", "version must not be empty"));
      }
      notEmpty(path, "kind", owner.kind(), errors);
      notEmpty(path, "name", owner.name(), errors);
      notEmpty(path, "uid", owner.uid(), errors);
      if (owner.apiVersion().equals("v1") && owner.kind().equals("Event")) {
        errors.add(
            FieldError.invalid(
                path, "v1, Kind=Event", "/v1, Kind=Event is disallowed from being an owner"));
      }
      if (owner.controller() && !controller.isEmpty()) {
        errors.add(
            FieldError.invalid(
                "metadata.ownerReferences",
                owner.toTree(),
                "Only one reference can have Controller set to true. Found \"true\" in references for %s and %s"
                    .formatted(controller, owner.kind() + "/" + owner.name())));
      }
      controller = owner.controller() ? owner.kind() + "/" + owner.name() : controller;
    }
  }

  private static void notEmpty(String path, String field, String value, List<FieldError> errors) {
    if (value.isEmpty()) {
      errors.add(FieldError.invalid(path + "." + field, "", "must not be empty"));
    }
  }

  private static void finalizers(List<String> finalizers, List<FieldError> errors) {
    if (finalizers.isEmpty()) {
      return;
    }
    String path = "metadata.finalizers";
    for (String each : finalizers) {
      Names.qualifiedName(each).forEach(why -> errors.add(FieldError.invalid(path, each, why)));
    }
    if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
      errors.add(
          FieldError.invalid(
              path,
              "[" + quoted(finalizers) + "]",
              "finalizer orphan and foregroundDeletion cannot be both set"));
    }
    for (int i = 0; i < finalizers.size(); i++) {
      known(finalizers.get(i), "%s[%d]".formatted(path, i), errors);
    }
  }

  /** Problems of one finalizer that stands at {@code path}. */
  public static void finalizer(String finalizer, String path, List<FieldError> errors) {
    Names.qualifiedName(finalizer)
        .forEach(why -> errors.add(FieldError.invalid(path, finalizer, why)));
    known(finalizer, path, errors);
  }

  private static void known(String finalizer, String path, List<FieldError> errors) {
    if (!finalizer.contains("/") && !PLAIN_FINALIZERS.contains(finalizer)) {
      errors.add(
          FieldError.invalid(
              path,
              finalizer,
              "name is neither a standard finalizer name nor is it fully qualified"));
    }
  }

  private static void immutable(String path, String now, String before, List<FieldError> errors) {
    if (!now.equals(before)) {
      errors.add(FieldError.invalid(path, now, "field is immutable"));
    }
  }

  private static String quoted(List<String> texts) {
    return String.join(", ", texts.stream().map(text -> '"' + text + '"').toList());
  }
}
