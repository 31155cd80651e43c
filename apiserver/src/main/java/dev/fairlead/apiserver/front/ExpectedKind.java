package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.schema.Schema;

/** The kind of object that a path takes; a few subresources take one of their own. */
record ExpectedKind(String group, String version, String kind) {
  /** Evictions of this version are still taken (upstream: {@code EvictionREST}). */
  private static final String FORMER_EVICTION = "policy/v1beta1";

  /** Stands at the end of upstream's message, the same over many versions. */
  private static final String SCHEME = "pkg/api/legacyscheme/scheme.go:30";

  static ExpectedKind of(Target target) {
    return switch (target.subresource()) {
      case "binding" -> new ExpectedKind("", "v1", "Binding");
      case "token" -> new ExpectedKind("authentication.k8s.io", "v1", "TokenRequest");
      case "eviction" -> new ExpectedKind("policy", "v1", "Eviction");
      case "scale" -> new ExpectedKind("autoscaling", "v1", "Scale");
      default ->
          new ExpectedKind(target.type().group(), target.type().version(), target.type().kind());
    };
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String canonicalName() {
    return Schema.canonicalName(group, version, kind);
  }

  /** Checks apiVersion and kind; missing ones are filled in. */
  void check(ObjectNode tree) {
    String foundVersion = tree.path("apiVersion").asText("");
    String foundKind = tree.path("kind").asText("");
    if (foundVersion.isEmpty()) {
      tree.put("apiVersion", apiVersion());
      foundVersion = apiVersion();
    }
    if (foundKind.isEmpty()) {
      tree.put("kind", kind);
      foundKind = kind;
    }
    if (foundVersion.equals(FORMER_EVICTION) && kind.equals("Eviction")) {
      tree.put("apiVersion", apiVersion());
      foundVersion = apiVersion();
    }
    if (foundVersion.equals(apiVersion()) && foundKind.equals(kind)) {
      return;
    }
    boolean registered =
        Kinds.byKind(foundVersion, foundKind).isPresent()
            || (foundVersion.equals("v1") && foundKind.equals("Binding"));
    if (!registered) {
      throw ApiException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
              .formatted(foundKind, lastPart(foundVersion), kind, foundKind, foundVersion, SCHEME));
    }
    if (foundKind.equals(kind)) { // The same object in another version, as Event has two.
      throw ApiException.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(foundVersion, apiVersion()));
    }
    String found = lastPart(foundVersion);
    throw ApiException.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: converting (%s.%s) to (%s.%s): unknown conversion"
            .formatted(foundKind, found, kind, found, foundKind, internalPackage(), kind));
  }

  ApiException cannotBe(String why) {
    return ApiException.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s".formatted(kind, version, kind, why));
  }

  /** Where upstream keeps the internal form of this kind. */
  private String internalPackage() {
    boolean core = group.isEmpty() || group.equals("events.k8s.io");
    return core ? "core" : group.split("\\.", -1)[0];
  }

  private static String lastPart(String apiVersion) {
    return apiVersion.substring(apiVersion.lastIndexOf('/') + 1);
  }
}
