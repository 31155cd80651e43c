package dev.fairlead.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of a type.
 *
 * @param name its JSON name
 * @param description upstream's words; may be empty
 * @param required whether upstream's OpenAPI lists it as required
 * @param protobuf field numbers from the message down: one number, or two when JSON inlines an
 *     embedded message; empty when protobuf does not carry it ({@code kind}, {@code apiVersion})
 * @param rules how lists and maps merge, and the default
 */
public record Field(
    String name,
    FieldType type,
    String description,
    boolean required,
    List<Integer> protobuf,
    Rules rules) {

  public Field {
    protobuf = List.copyOf(protobuf);
  }

  /**
   * What the hand-written table adds to a field: upstream's struct tags and markers.
   *
   * @param patchStrategy {@code x-kubernetes-patch-strategy}, for example {@code merge}; empty for
   *     none
   * @param patchMergeKey {@code x-kubernetes-patch-merge-key}; empty for none
   * @param listType {@code x-kubernetes-list-type}: {@code atomic}, {@code set}, {@code map}; empty
   *     for none
   * @param listMapKeys {@code x-kubernetes-list-map-keys}
   * @param mapType {@code x-kubernetes-map-type}, for example {@code atomic}; empty for none
   * @param defaultValue OpenAPI's {@code default}; null for none
   * @param enumeration what a text, or the texts of a list or map, can be
   */
  public record Rules(
      String patchStrategy,
      String patchMergeKey,
      String listType,
      List<String> listMapKeys,
      String mapType,
      @Nullable JsonNode defaultValue,
      Enumeration enumeration) {

    /** Nothing to add. */
    public static final Rules NONE = new Rules("", "", "", List.of(), "", null, Enumeration.NONE);

    public Rules {
      listMapKeys = List.copyOf(listMapKeys);
    }

    /** Whether {@code patchStrategy} names this strategy ({@code merge}, {@code retainKeys}). */
    public boolean patches(String strategy) {
      return List.of(patchStrategy.split(",")).contains(strategy);
    }
  }

  /** The type this field refers to, directly or as list element or map value; empty for none. */
  public String reference() {
    return reference(type);
  }

  private static String reference(FieldType type) {
    return switch (type) {
      case FieldType.Reference(String name) -> name;
      case FieldType.Array(FieldType element) -> reference(element);
      case FieldType.Dictionary(FieldType value) -> reference(value);
      case FieldType.Scalar scalar -> "";
    };
  }
}
