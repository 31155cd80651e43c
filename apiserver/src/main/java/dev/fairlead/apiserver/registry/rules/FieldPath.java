package dev.fairlead.apiserver.registry.rules;

import org.jspecify.annotations.Nullable;

/**
 * The path of a field, as upstream writes it: {@code spec.containers[0].name}. It is made on every
 * write and nearly never read, so it becomes text only when asked.
 */
public final class FieldPath {
  private static final int CHILD = -1;
  private static final int KEY = -2;

  private final @Nullable FieldPath parent;
  private final String name;
  private final int index;

  private FieldPath(@Nullable FieldPath parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  /** The path that this text is; empty for the whole object. */
  public static FieldPath of(String text) {
    return new FieldPath(null, text, CHILD);
  }

  /** A field below, or several: {@code a.b}. */
  public FieldPath child(String field) {
    return new FieldPath(this, field, CHILD);
  }

  /** One item of a list. */
  public FieldPath index(int number) {
    return new FieldPath(this, "", number);
  }

  /** One entry of a map. */
  public FieldPath key(String key) {
    return new FieldPath(this, key, KEY);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text);
    return text.toString();
  }

  private void write(StringBuilder text) {
    if (parent != null) {
      parent.write(text);
    }
    switch (index) {
      case CHILD -> text.append(text.isEmpty() ? "" : ".").append(name);
      case KEY -> text.append('[').append(name).append(']');
      default -> text.append('[').append(index).append(']');
    }
  }
}
