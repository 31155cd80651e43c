package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.core.JsonPointer;
import dev.fairlead.api.Document;
import java.time.Instant;

/**
 * One column of a kind's table.
 *
 * @param type OpenAPI's {@code string}, {@code integer}, {@code boolean} or {@code date}
 * @param format {@code name} for the object's name; else empty
 * @param priority 0 is always shown, 1 only by {@code -o wide}
 */
record Column(String name, String type, String format, int priority, Cell cell) {

  /** The value of a cell: a {@code String}, a number or a {@code Boolean}. */
  @FunctionalInterface
  interface Cell {
    Object of(Document object, Instant now);
  }

  static Column objectName() {
    return new Column("Name", "string", "name", 0, (object, now) -> object.name());
  }

  static Column age() {
    return text("Age", (object, now) -> Ages.since(object.meta().creationTimestamp(), now));
  }

  static Column text(String name, Cell cell) {
    return new Column(name, "string", "", 0, cell);
  }

  static Column number(String name, Cell cell) {
    return new Column(name, "integer", "", 0, cell);
  }

  /** A field that is true or false; false when missing. */
  static Column flag(String name, String pointer) {
    JsonPointer at = JsonPointer.compile(pointer);
    Cell cell = (object, now) -> object.tree().at(at).asBoolean(false);
    return new Column(name, "boolean", "", 0, cell);
  }

  /** The same, shown only by {@code -o wide}. */
  Column wide() {
    return new Column(name, type, format, 1, cell);
  }
}
