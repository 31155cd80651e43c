package dev.fairlead.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A member of an object or an element of an array, existing or not.
 *
 * @param holder an object or an array
 * @param token the key or index
 * @param operation what is being done, for messages
 */
record Place(JsonNode holder, String token, String operation) {

  Place within(String operation) {
    return new Place(holder, token, operation);
  }

  /** Upstream lets {@code replace} set a member that is not there; an array has no such places. */
  boolean replaceable() {
    return !(holder instanceof ArrayNode array) || indexOrMinusOne(token, array.size()) >= 0;
  }

  /** The value; null, as upstream, for a member that is not there. */
  JsonNode get() {
    return switch (holder) {
      case ArrayNode array -> array.get(index(array.size()));
      case ObjectNode object when object.has(token) -> object.get(token);
      default -> JsonNodeFactory.instance.nullNode();
    };
  }

  void set(JsonNode value) {
    switch (holder) {
      case ArrayNode array -> array.set(index(array.size()), value);
      case ObjectNode object -> object.set(token, value);
      default -> throw new IllegalStateException("not a container: " + holder);
    }
  }

  void add(JsonNode value) {
    switch (holder) {
      case ArrayNode array when token.equals("-") -> array.add(value);
      case ArrayNode array ->
          array.insert(
              index(
                  array.size() + 1, "value was not a proper array index: '%s': ".formatted(token)),
              value);
      case ObjectNode object -> object.set(token, value);
      default -> throw new IllegalStateException("not a container: " + holder);
    }
  }

  void remove() {
    switch (holder) {
      case ArrayNode array -> array.remove(index(array.size()));
      case ObjectNode object -> {
        if (object.remove(token) == null) {
          throw error("Unable to remove nonexistent key: " + token + ": missing value");
        }
      }
      default -> throw new IllegalStateException("not a container: " + holder);
    }
  }

  /** The index that a token names in an array of this size; -1 when it names none. */
  static int indexOrMinusOne(String token, int size) {
    if (!token.matches("-?[0-9]{1,9}")) {
      return -1;
    }
    int index = Integer.parseInt(token);
    int counted = index < 0 ? index + size : index;
    return counted < size ? Math.max(counted, -1) : -1;
  }

  private int index(int size) {
    return index(size, "");
  }

  /**
   * The index that the token names.
   *
   * @param before what the refusal of a token that is no number begins with
   */
  private int index(int size, String before) {
    if (!token.matches("[-+]?[0-9]+")) {
      throw error(before + "strconv.Atoi: parsing \"%s\": invalid syntax".formatted(token));
    }
    int index = indexOrMinusOne(token, size);
    if (index < 0) {
      throw error("Unable to access invalid index: " + token + ": invalid index referenced");
    }
    return index;
  }

  private NotApplicableException error(String why) {
    return new NotApplicableException(operation + ": " + why);
  }
}
