package dev.fairlead.apiserver.reviews;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.auth.Action;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.auth.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** May somebody do something ({@code authorization.k8s.io/v1}), as the authorizer says. */
final class AccessReviews {
  private final Authorizer authorizer;

  AccessReviews(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  Authorizer authorizer() {
    return authorizer;
  }

  /** SelfSubjectAccessReview. */
  Document self(User user, ResourceType type, Document body) {
    List<FieldError> errors = attributes(body.spec());
    refuse(type, body, errors);
    return answer(type, body, user);
  }

  /** SubjectAccessReview. */
  Document subject(ResourceType type, Document body) {
    List<FieldError> errors = attributes(body.spec());
    errors.addAll(named(body.spec()));
    refuse(type, body, errors);
    return answer(type, body, user(body.spec()));
  }

  /** LocalSubjectAccessReview: about its own namespace only. */
  Document local(ResourceType type, String namespace, Document body) {
    List<FieldError> errors = attributes(body.spec());
    errors.addAll(named(body.spec()));
    String asked = body.spec().path("resourceAttributes").path("namespace").asText("");
    if (!asked.equals(namespace)) {
      errors.add(
          FieldError.invalid(
              "spec.resourceAttributes.namespace", asked, "must match metadata.namespace"));
    }
    if (body.spec().has("nonResourceAttributes")) {
      errors.add(
          FieldError.invalid(
              "spec.nonResourceAttributes",
              body.spec().path("nonResourceAttributes"),
              "disallowed on this kind of request"));
    }
    refuse(type, body, errors);
    return answer(type, body, user(body.spec()));
  }

  private static List<FieldError> attributes(JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    boolean resource = spec.path("resourceAttributes").isObject();
    boolean path = spec.path("nonResourceAttributes").isObject();
    if (resource && path) {
      errors.add(
          FieldError.invalid(
              "spec.nonResourceAttributes",
              spec.path("nonResourceAttributes"),
              "cannot be specified in combination with resourceAttributes"));
    }
    if (!resource && !path) {
      errors.add(
          FieldError.invalid(
              "spec.resourceAttributes",
              NullNode.instance,
              "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
    }
    return errors;
  }

  private static List<FieldError> named(JsonNode spec) {
    boolean nobody = spec.path("user").asText("").isEmpty() && spec.path("groups").isEmpty();
    return nobody
        ? List.of(
            FieldError.invalid(
                "spec.user",
                spec.path("user").asText(""),
                "at least one of user or group must be specified"))
        : List.of();
  }

  private static void refuse(ResourceType type, Document body, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(type, body.name(), errors);
    }
  }

  private static User user(JsonNode spec) {
    List<String> groups = new ArrayList<>();
    spec.path("groups").forEach(group -> groups.add(group.asText()));
    return new User(spec.path("user").asText(""), spec.path("uid").asText(""), groups, Map.of());
  }

  private Document answer(ResourceType type, Document body, User user) {
    JsonNode spec = body.spec();
    Action action =
        spec.path("resourceAttributes").isObject()
            ? Attributes.onResource(spec.path("resourceAttributes"))
            : new Action.OnPath(
                spec.path("nonResourceAttributes").path("verb").asText(""),
                spec.path("nonResourceAttributes").path("path").asText(""));
    ObjectNode review = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    review.putObject("metadata");
    if (!body.namespace().isEmpty()) {
      ((ObjectNode) review.get("metadata")).put("namespace", body.namespace());
    }
    review.set("spec", spec);
    review.putObject("status").put("allowed", authorizer.allows(user, action));
    return Document.of(review);
  }
}
