package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.FieldsV1;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** One object, and the writes that several managers make to it, one second apart. */
final class Story {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final StructuredMerge merge;
  private final TypeSchema type;
  private final String apiVersion;
  private final String kind;
  private Instant now = START;
  ObjectNode object = Json.object();
  ManagedFields managed = ManagedFields.EMPTY;

  /** What the next writes write in. */
  String version;

  /** What the next writes cannot change. */
  FieldSet ignored = FieldSet.of("status");

  Story(ResourceType type) {
    this(Schema.load(), Schema.load().of(type), type.apiVersion(), type.kind());
  }

  /** A story about a type of any schema, which need not be an object of the API. */
  Story(Schema schema, TypeSchema type, String apiVersion, String kind) {
    this.merge = new StructuredMerge(schema);
    this.type = type;
    this.apiVersion = apiVersion;
    this.version = apiVersion;
    this.kind = kind;
  }

  static ObjectNode yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the whole object. */
  Story update(String manager, String yaml) {
    return update(manager, yaml(yaml));
  }

  Story update(String manager, ObjectNode next) {
    managed = merge.update(write(manager, Manager.Operation.UPDATE), object, next, managed);
    object = next;
    return tick();
  }

  Story apply(String manager, String yaml) {
    return apply(manager, yaml(yaml), false);
  }

  Story force(String manager, String yaml) {
    return apply(manager, yaml(yaml), true);
  }

  Story apply(String manager, ObjectNode config, boolean force) {
    if (type.field("apiVersion") != null && !config.has("apiVersion")) {
      config.put("apiVersion", apiVersion).put("kind", kind);
    }
    Write write = write(manager, Manager.Operation.APPLY);
    Applied applied = merge.apply(write, object, config, managed, force);
    object = applied.object();
    managed = applied.managed();
    return tick();
  }

  /** Forgets all managers. */
  Story forget() {
    managed = ManagedFields.EMPTY;
    return this;
  }

  /** As an apply finds an object that nobody tracked. */
  Story adopt(String manager) {
    managed = merge.beforeFirstApply(write(manager, Manager.Operation.APPLY), object);
    return this;
  }

  Write write(String manager, Manager.Operation operation) {
    return new Write(type, new Manager(manager, operation, version, ""), ignored, now);
  }

  /** The object without apiVersion and kind. */
  ObjectNode content() {
    ObjectNode copy = object.deepCopy();
    copy.remove(List.of("apiVersion", "kind"));
    return copy;
  }

  /** The fields of one manager as JSON; empty when it has none. */
  String fields(String manager, Manager.Operation operation) {
    ManagedEntry entry = managed.find(write(manager, operation).manager());
    return entry == null ? "" : Json.text(FieldsV1.write(entry.fields()));
  }

  private Story tick() {
    now = now.plusSeconds(1);
    return this;
  }
}
