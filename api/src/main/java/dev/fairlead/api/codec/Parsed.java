package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What came from outside, parsed.
 *
 * @param tree an object; of a key that stands twice, the last value
 * @param duplicates strict decoding errors such as {@code duplicate field "spec.ports[0].port"}, in
 *     the order found, at most {@value #DUPLICATES_MAX}
 */
public record Parsed<T extends JsonNode>(T tree, List<String> duplicates) {
  /** More are not worth reading. */
  public static final int DUPLICATES_MAX = 100;

  public Parsed {
    duplicates = List.copyOf(duplicates);
  }
}
