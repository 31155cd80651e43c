package dev.fairlead.apiserver.reviews;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.auth.Action;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.auth.User;
import java.util.List;

/**
 * SelfSubjectRulesReview: what may I do in a namespace. An authorizer answers questions and keeps
 * no list, so each kind is asked about; rules about single objects are not found that way.
 */
record RulesReview(Authorizer authorizer) {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  Document self(User user, Document body) {
    String namespace = body.spec().path("namespace").asText("");
    if (namespace.isEmpty()) {
      throw ApiException.badRequest("no namespace on request");
    }
    ObjectNode review =
        Json.object()
            .put("kind", "SelfSubjectRulesReview")
            .put("apiVersion", "authorization.k8s.io/v1");
    review.putObject("metadata");
    review.set("spec", body.spec());
    ObjectNode status = review.putObject("status");
    boolean everything =
        allows(user, "*", Attributes.unknown("*", "*", "*"), namespace)
            && authorizer.allows(user, new Action.OnPath("*", "*"));
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    if (everything) {
      rule(resources, List.of("*"), "*", "*");
      path(paths, List.of("*"), List.of("*"));
    } else {
      for (ResourceType type : Kinds.SERVED) {
        List<String> verbs =
            VERBS.stream().filter(verb -> allows(user, verb, type, namespace)).toList();
        if (!verbs.isEmpty()) {
          rule(resources, verbs, type.group(), type.plural());
        }
      }
      List<String> open =
          Authorizer.OPEN_PATHS.stream()
              .sorted()
              .filter(each -> authorizer.allows(user, new Action.OnPath("get", each)))
              .toList();
      if (!open.isEmpty()) {
        path(paths, List.of("get"), open);
      }
    }
    status.put("incomplete", !everything);
    return Document.of(review);
  }

  private boolean allows(User user, String verb, ResourceType type, String namespace) {
    Target target = Target.collection(type, type.namespaced() ? namespace : "");
    return authorizer.allows(user, new Action.OnResource(verb, target));
  }

  private static void rule(ArrayNode rules, List<String> verbs, String group, String plural) {
    ObjectNode rule = rules.addObject();
    verbs.forEach(rule.putArray("verbs")::add);
    rule.putArray("apiGroups").add(group);
    rule.putArray("resources").add(plural);
  }

  private static void path(ArrayNode rules, List<String> verbs, List<String> urls) {
    ObjectNode rule = rules.addObject();
    verbs.forEach(rule.putArray("verbs")::add);
    urls.forEach(rule.putArray("nonResourceURLs")::add);
  }
}
