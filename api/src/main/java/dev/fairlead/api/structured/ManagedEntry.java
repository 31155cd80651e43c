package dev.fairlead.api.structured;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.fieldset.FieldsV1;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one manager.
 *
 * @param time when the manager last changed something; null when that is not known
 * @param written the fields as they were read, so that they need not be written again; null when
 *     they are new
 */
public record ManagedEntry(
    Manager manager, @Nullable Instant time, FieldSet fields, @Nullable JsonNode written) {
  private static final String FIELDS_TYPE = "FieldsV1";

  /** An entry with new fields. */
  public ManagedEntry(Manager manager, @Nullable Instant time, FieldSet fields) {
    this(manager, time, fields, null);
  }

  /**
   * The entry of a manager that has written.
   *
   * @param before its entry until then, whose JSON serves again where the fields are the same; null
   *     when it had none
   */
  static ManagedEntry after(
      Manager manager, @Nullable Instant time, FieldSet fields, @Nullable ManagedEntry before) {
    JsonNode known = before != null && before.fields.equals(fields) ? before.written : null;
    return new ManagedEntry(manager, time, fields, known);
  }

  /** The same manager with fewer or more fields. */
  ManagedEntry with(FieldSet changed) {
    return changed.equals(fields) ? this : new ManagedEntry(manager, time, changed);
  }

  /** Seconds since 1970; 0 when not known. */
  long seconds() {
    return time == null ? 0 : time.getEpochSecond();
  }

  /**
   * Reads one element of {@code metadata.managedFields}.
   *
   * @throws IllegalArgumentException when it is malformed
   */
  static ManagedEntry read(JsonNode node) {
    Manager manager =
        new Manager(
            node.path("manager").asText(""),
            operation(node.path("operation").asText("")),
            node.path("apiVersion").asText(""),
            node.path("subresource").asText(""));
    if (manager.apiVersion().isEmpty()) {
      throw new IllegalArgumentException("apiVersion must not be empty");
    }
    if (!node.path("fieldsType").asText("").equals(FIELDS_TYPE)) {
      throw new IllegalArgumentException("missing or invalid fieldsType");
    }
    JsonNode fields = node.path("fieldsV1");
    boolean given = !fields.isMissingNode() && !fields.isNull();
    FieldSet set = given ? FieldsV1.read(fields) : FieldSet.EMPTY;
    return new ManagedEntry(manager, time(node.path("time")), set, given ? fields : null);
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("manager", manager.name()).put("operation", manager.operation().text());
    node.put("apiVersion", manager.apiVersion());
    if (time != null) {
      node.put("time", time.toString());
    }
    node.put("fieldsType", FIELDS_TYPE);
    node.set("fieldsV1", written == null ? FieldsV1.write(fields) : written);
    if (!manager.subresource().isEmpty()) {
      node.put("subresource", manager.subresource());
    }
    return node;
  }

  private static Manager.Operation operation(String text) {
    for (Manager.Operation each : Manager.Operation.values()) {
      if (each.text().equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException("operation must be `Apply` or `Update`");
  }

  private static @Nullable Instant time(JsonNode node) {
    try {
      return node.isTextual() ? Instant.parse(node.asText()) : null;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time is malformed", e);
    }
  }
}
