package dev.fairlead.api.structured;

import java.util.Comparator;

/**
 * Who manages fields, and how it wrote them (API: {@code meta/v1 ManagedFieldsEntry}).
 *
 * @param apiVersion the version that the fields are written in
 * @param subresource empty for the object itself
 */
public record Manager(String name, Operation operation, String apiVersion, String subresource)
    implements Comparable<Manager> {
  private static final Comparator<Manager> ORDER =
      Comparator.comparing(Manager::name)
          .thenComparing(manager -> manager.operation().text())
          .thenComparing(Manager::apiVersion)
          .thenComparing(Manager::subresource);

  /** How fields came to be managed. */
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    public String text() {
      return text;
    }
  }

  /** Whether both are one manager. An applier stays the same whatever version it applies. */
  public boolean is(Manager other) {
    return name.equals(other.name)
        && operation == other.operation
        && subresource.equals(other.subresource)
        && (operation == Operation.APPLY || apiVersion.equals(other.apiVersion));
  }

  /** As messages of conflicts name it: {@code "kubectl-edit" using apps/v1}. */
  public String describe() {
    String quoted = "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    String with = subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"";
    return quoted + with + (operation == Operation.UPDATE ? " using " + apiVersion : "");
  }

  @Override
  public int compareTo(Manager other) {
    return ORDER.compare(this, other);
  }
}
