package dev.fairlead.apiserver.discovery;

import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import java.util.List;

/**
 * Which verbs each resource and subresource serves: what discovery says, and what is answered 405
 * otherwise. Verbs stand in alphabetical order, as upstream lists them.
 */
public final class Verbs {
  private static final List<String> ALL =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private Verbs() {}

  /** Whether a verb is served on what a request names; {@code verb} is in lower case. */
  public static boolean serves(Target target, String verb) {
    return of(target.type(), target.subresource()).contains(verb);
  }

  /**
   * The verbs of a type or of one of its subresources.
   *
   * @param subresource empty for the objects themselves
   */
  public static List<String> of(ResourceType type, String subresource) {
    return switch (subresource) {
      case "" -> ofObjects(type);
      case "binding", "eviction", "token" -> List.of("create");
      case "log" -> List.of("get");
      case "finalize" -> List.of("update");
      case "portforward", "exec", "attach" -> List.of("create", "get");
      case "proxy" -> List.of("create", "delete", "get", "patch", "update");
      default -> List.of("get", "patch", "update");
    };
  }

  private static List<String> ofObjects(ResourceType type) {
    if (Kinds.REVIEWS.contains(type)) {
      return List.of("create");
    }
    if (Kinds.MEASURED.contains(type)) {
      return List.of("get", "list");
    }
    return type.equals(Kinds.NAMESPACE)
        ? ALL.stream().filter(verb -> !verb.equals("deletecollection")).toList()
        : ALL;
  }
}
