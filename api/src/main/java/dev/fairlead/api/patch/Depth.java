package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;

/** How deep a tree nests. */
final class Depth {
  private Depth() {}

  /** 0 for a scalar, 1 for a container without containers. The tree is one that is bounded. */
  static int of(JsonNode node) {
    if (!node.isContainerNode()) {
      return 0;
    }
    int deepest = 0;
    for (JsonNode child : node) {
      deepest = Math.max(deepest, of(child));
    }
    return deepest + 1;
  }
}
