package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** RFC 6901: the path to a value, as {@code /spec/ports/0/port}. */
record Pointer(String text) {

  boolean isRoot() {
    return text.isEmpty();
  }

  /** How many levels below the root the value lies. */
  int depth() {
    return (int) text.chars().filter(c -> c == '/').count();
  }

  /**
   * The place this path names; the value itself need not exist, what holds it must.
   *
   * @param missing what to say when it does not
   */
  Place find(JsonNode document, String missing) {
    if (!text.startsWith("/")) {
      throw new NotApplicableException(missing + ": missing value");
    }
    String[] tokens = text.substring(1).split("/", -1);
    JsonNode holder = document;
    for (int i = 0; i < tokens.length - 1; i++) {
      holder = step(holder, decoded(tokens[i]));
    }
    if (!holder.isContainerNode()) {
      throw new NotApplicableException(missing + ": missing value");
    }
    return new Place(holder, decoded(tokens[tokens.length - 1]), "");
  }

  private static JsonNode step(JsonNode holder, String token) {
    return holder instanceof ArrayNode array
        ? array.path(Place.indexOrMinusOne(token, array.size()))
        : holder.path(token);
  }

  private static String decoded(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  @Override
  public String toString() {
    return text;
  }
}
