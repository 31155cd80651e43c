package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.net.Cidr;
import dev.fairlead.api.net.Ip;
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

  /** The addresses of an array, in canonical form. */
  static List<String> addresses(JsonNode array) {
    List<String> result = new ArrayList<>(array.size());
    array.forEach(element -> result.add(Ip.canonical(element.asText())));
    return List.copyOf(result);
  }

  /** The ranges of an array, in canonical form. */
  static List<String> ranges(JsonNode array) {
    List<String> result = new ArrayList<>(array.size());
    array.forEach(element -> result.add(Cidr.canonical(element.asText())));
    return List.copyOf(result);
  }
}
