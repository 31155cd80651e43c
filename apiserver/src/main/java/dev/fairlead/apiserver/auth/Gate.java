package dev.fairlead.apiserver.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Json;

/** Lets actions through that the authorizer allows, and refuses the rest in upstream's words. */
public final class Gate {
  private final Authorizer authorizer;

  public Gate(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * Returns when the action is allowed.
   *
   * @throws ApiException 403
   */
  public void check(User user, Action action) {
    if (!authorizer.allows(user, action)) {
      throw switch (action) {
        case Action.OnPath(String verb, String path) ->
            ApiException.forbidden(
                "forbidden: User \"%s\" cannot %s path \"%s\"".formatted(user.name(), verb, path));
        case Action.OnResource(String verb, Target target) -> refusal(user, verb, target);
      };
    }
  }

  private static ApiException refusal(User user, String verb, Target target) {
    ResourceType type = target.type();
    String resource = type.plural();
    if (!target.subresource().isEmpty()) {
      resource += "/" + target.subresource();
    }
    String where =
        target.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + target.namespace() + "\"";
    String what =
        target.name().isEmpty()
            ? type.qualifiedName()
            : "%s \"%s\"".formatted(type.qualifiedName(), target.name());
    String message =
        "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(what, user.name(), verb, resource, type.group(), where);
    ObjectNode details = Json.object();
    if (!target.name().isEmpty()) {
      details.put("name", target.name());
    }
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    return new ApiException(403, "Forbidden", message, details.put("kind", type.plural()));
  }
}
