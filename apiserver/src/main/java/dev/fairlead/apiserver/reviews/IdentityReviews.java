package dev.fairlead.apiserver.reviews;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.tokens.InvalidTokenException;
import dev.fairlead.apiserver.tokens.TokenAuthenticator;
import dev.fairlead.apiserver.tokens.TokenAuthenticator.Authenticated;
import java.util.ArrayList;
import java.util.List;

/** Who am I, and whose token is this ({@code authentication.k8s.io/v1}). */
final class IdentityReviews {
  private static final String VERSION = "authentication.k8s.io/v1";

  private final TokenAuthenticator tokens;

  IdentityReviews(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  /** SelfSubjectReview (KEP-3325). */
  Document self(User user) {
    ObjectNode review = Json.object().put("kind", "SelfSubjectReview").put("apiVersion", VERSION);
    review.putObject("metadata");
    review.putObject("status").set("userInfo", info(user));
    return Document.of(review);
  }

  /** TokenReview. */
  Document token(Document body) {
    String token = body.spec().path("token").asText("");
    if (token.isEmpty()) {
      throw ApiException.badRequest("token is required for TokenReview in authentication");
    }
    List<String> audiences = new ArrayList<>();
    body.spec().path("audiences").forEach(each -> audiences.add(each.asText()));
    ObjectNode review = Json.object().put("kind", "TokenReview").put("apiVersion", VERSION);
    review.putObject("metadata");
    review.set("spec", body.spec());
    ObjectNode status = review.putObject("status");
    try {
      Authenticated found =
          tokens.authenticate(
              token, audiences.isEmpty() ? List.of(tokens.ownAudience()) : audiences);
      status.put("authenticated", true).set("user", info(found.user()));
      ArrayNode common = status.putArray("audiences");
      found.audiences().forEach(common::add);
    } catch (InvalidTokenException e) {
      status.put("authenticated", false).putObject("user");
      status.put("error", e.message());
    }
    return Document.of(review);
  }

  private static ObjectNode info(User user) {
    ObjectNode info = Json.object().put("username", user.name());
    if (!user.uid().isEmpty()) {
      info.put("uid", user.uid());
    }
    ArrayNode groups = info.putArray("groups");
    user.groups().forEach(groups::add);
    if (!user.extra().isEmpty()) {
      ObjectNode extra = info.putObject("extra");
      user.extra()
          .forEach((key, values) -> {
            ArrayNode list = extra.putArray(key);
            values.forEach(list::add);
          });
    }
    return info;
  }
}
