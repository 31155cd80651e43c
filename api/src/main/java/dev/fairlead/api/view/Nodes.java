package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the shapes that several views share. */
final class Nodes {
  private Nodes() {}

  /** The texts of an array; empty when it is missing. */
  static List<String> strings(JsonNode array) {
    List<String> result = new ArrayList<>(array.size());
    array.forEach(element -> result.add(element.asText()));
    return List.copyOf(result);
  }
}
