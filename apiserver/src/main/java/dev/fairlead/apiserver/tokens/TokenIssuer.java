package dev.fairlead.apiserver.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.tokens.AccountClaims.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers TokenRequests: {@code serviceaccounts/token}. */
public final class TokenIssuer {
  private static final long SECONDS_DEFAULT = 3600;
  private static final long SECONDS_MIN = 600;
  private static final long SECONDS_MAX = 1L << 32;
  private static final ResourceType REQUEST =
      new ResourceType(
          "authentication.k8s.io",
          "v1",
          "TokenRequest",
          "tokenrequests",
          "tokenrequest",
          true,
          List.of(),
          List.of(),
          Set.of(),
          "");

  private final TokenCodec codec;
  private final KubeApi api;
  private final InstantSource clock;

  /**
   * Issues for the accounts of this API.
   *
   * @param api without authorization
   */
  public TokenIssuer(TokenCodec codec, KubeApi api, InstantSource clock) {
    this.codec = codec;
    this.api = api;
    this.clock = clock;
  }

  /**
   * The request with its token.
   *
   * @param target the account, with subresource {@code token}
   * @throws ApiException 404 without the account or the object to bind to, 422 for a bad duration
   */
  public Document issue(Target target, Document request) {
    named(target, request);
    JsonNode spec = request.spec();
    long seconds = spec.path("expirationSeconds").asLong(SECONDS_DEFAULT);
    validate(request, seconds);
    Document account = api.get(Target.object(Kinds.SERVICE_ACCOUNT, target.key()));
    Bound bound = bound(account, spec.path("boundObjectRef"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    AccountClaims claims =
        new AccountClaims(
            UUID.randomUUID().toString(),
            account.namespace(),
            ref(account),
            audiences(spec),
            now,
            now.plusSeconds(seconds),
            bound.pod(),
            bound.node(),
            bound.secret());
    return answer(request, account, claims, seconds);
  }

  private record Bound(@Nullable Ref pod, @Nullable Ref node, @Nullable Ref secret) {
    static final Bound NOTHING = new Bound(null, null, null);
  }

  private static void named(Target target, Document request) {
    String name = request.name();
    if (!name.isEmpty() && !name.equals(target.name())) {
      throw ApiException.invalid(
          REQUEST,
          target.name(),
          List.of(
              FieldError.invalid(
                  "metadata.name", name, "must match the service account name if specified")));
    }
  }

  private static void validate(Document request, long seconds) {
    List<FieldError> errors = new ArrayList<>();
    if (seconds < SECONDS_MIN) {
      errors.add(
          FieldError.invalid(
              "spec.expirationSeconds",
              seconds,
              "may not specify a duration less than 10 minutes"));
    }
    if (seconds > SECONDS_MAX) {
      errors.add(
          FieldError.invalid(
              "spec.expirationSeconds",
              seconds,
              "may not specify a duration larger than 2^32 seconds"));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(REQUEST, request.name(), errors);
    }
  }

  private Bound bound(Document account, JsonNode reference) {
    if (!reference.isObject()) {
      return Bound.NOTHING;
    }
    String version = reference.path("apiVersion").asText("");
    String kind = reference.path("kind").asText("");
    ResourceType type = version.contains("/") ? null : bindable(kind);
    if (type == null) {
      String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
      throw ApiException.badRequest(
          "cannot bind token to object of type %s/%s, Kind=%s"
              .formatted(group, version.substring(version.indexOf('/') + 1), kind));
    }
    String name = reference.path("name").asText("");
    Document object = api.get(Target.object(type, account.namespace(), name));
    String uid = reference.path("uid").asText("");
    if (!uid.isEmpty() && !uid.equals(object.meta().uid())) {
      throw new ApiException(
          409,
          "Conflict",
          "Operation cannot be fulfilled on %s \"%s\": the UID in the bound object reference (%s) does not match the UID in record. The object might have been deleted and then recreated"
              .formatted(kind, name, uid),
          Json.object().put("name", name).put("kind", kind));
    }
    return type.equals(Kinds.POD) ? pod(account, object) : new Bound(null, null, ref(object));
  }

  private static @Nullable ResourceType bindable(String kind) {
    return switch (kind) {
      case "Pod" -> Kinds.POD;
      case "Secret" -> Kinds.SECRET;
      default -> null;
    };
  }

  private Bound pod(Document account, Document pod) {
    String own = pod.spec().path("serviceAccountName").asText("");
    if (!own.equals(account.name())) {
      throw ApiException.badRequest(
          "cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount name."
              .formatted(account.name()));
    }
    String node = pod.spec().path("nodeName").asText("");
    return new Bound(ref(pod), node.isEmpty() ? null : node(node), null);
  }

  /** A node that is gone by now has no identity any more. */
  private @Nullable Ref node(String name) {
    try {
      return ref(api.get(Target.object(Kinds.NODE, "", name)));
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private List<String> audiences(JsonNode spec) {
    List<String> audiences = new ArrayList<>();
    spec.path("audiences").forEach(each -> audiences.add(each.asText()));
    return audiences.isEmpty() ? List.of(codec.issuer()) : audiences;
  }

  private Document answer(Document request, Document account, AccountClaims claims, long seconds) {
    ObjectNode tree =
        Json.object().put("kind", REQUEST.kind()).put("apiVersion", REQUEST.apiVersion());
    tree.putObject("metadata")
        .put("name", account.name())
        .put("namespace", account.namespace())
        .put("creationTimestamp", claims.issuedAt().toString());
    ObjectNode spec = tree.putObject("spec");
    ArrayNode audiences = spec.putArray("audiences");
    claims.audiences().forEach(audiences::add);
    spec.put("expirationSeconds", seconds);
    JsonNode bound = request.spec().path("boundObjectRef");
    spec.set("boundObjectRef", bound.isObject() ? bound : spec.nullNode());
    tree.putObject("status")
        .put("token", codec.sign(claims))
        .put("expirationTimestamp", claims.expiry().toString());
    return Document.of(tree);
  }

  private static Ref ref(Document object) {
    return new Ref(object.name(), object.meta().uid());
  }
}
