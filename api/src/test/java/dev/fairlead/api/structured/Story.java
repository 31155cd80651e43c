package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.FieldsV1;
import dev.fairlead.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** One object, and the writes that several managers make to it, one second apart. */
final class Story {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final StructuredMerge MERGE = new StructuredMerge(Schema.load());

  private final ResourceType type;
  private Instant now = START;
  ObjectNode object = Json.object();
  ManagedFields managed = ManagedFields.EMPTY;

  Story(ResourceType type) {
    this.type = type;
  }

  static ObjectNode yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the whole object. */
  Story update(String manager, String yaml) {
    ObjectNode next = yaml(yaml);
    managed = MERGE.update(write(manager, Manager.Operation.UPDATE), object, next, managed);
    object = next;
    return tick();
  }

  Story apply(String manager, String yaml) {
    return apply(manager, yaml, false);
  }

  Story force(String manager, String yaml) {
    return apply(manager, yaml, true);
  }

  private Story apply(String manager, String yaml, boolean force) {
    ObjectNode config = yaml(yaml);
    if (!config.has("apiVersion")) {
      config.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    }
    Write write = write(manager, Manager.Operation.APPLY);
    Applied applied = MERGE.apply(write, object, config, managed, force);
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
    managed = MERGE.beforeFirstApply(write(manager, Manager.Operation.APPLY), object);
    return this;
  }

  Write write(String manager, Manager.Operation operation) {
    return new Write(
        Schema.load().of(type),
        new Manager(manager, operation, type.apiVersion(), ""),
        FieldSet.of("status"),
        now);
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
