package dev.fairlead.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A PATCH body.
 *
 * @param body an array of operations for {@link Type#JSON}, else an object
 * @param duplicates strict decoding errors: keys that stood twice in the bytes
 */
public record Patch(Type type, JsonNode body, List<String> duplicates) {

  public Patch {
    duplicates = List.copyOf(duplicates);
  }

  /** A patch without keys that stand twice. */
  public Patch(Type type, JsonNode body) {
    this(type, body, List.of());
  }

  /** The kinds of patch, by content type. */
  public enum Type {
    /** RFC 6902. */
    JSON("application/json-patch+json"),
    /** RFC 7386. */
    MERGE("application/merge-patch+json"),
    STRATEGIC_MERGE("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    Type(String mediaType) {
      this.mediaType = mediaType;
    }

    public String mediaType() {
      return mediaType;
    }
  }
}
