package dev.fairlead.apiserver.reviews;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.auth.Authorizer;
import dev.fairlead.apiserver.auth.Questions;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.tokens.TokenAuthenticator;
import dev.fairlead.apiserver.tokens.TokenIssuer;
import org.jspecify.annotations.Nullable;

/** The kinds of {@link Kinds#REVIEWS} and TokenRequests, answered. */
public final class Reviews implements Questions {
  private final AccessReviews access;
  private final IdentityReviews identity;
  private final TokenIssuer issuer;

  public Reviews(Authorizer authorizer, TokenAuthenticator tokens, TokenIssuer issuer) {
    this.access = new AccessReviews(authorizer);
    this.identity = new IdentityReviews(tokens);
    this.issuer = issuer;
  }

  @Override
  public @Nullable Document answer(User user, Target target, Document body) {
    ResourceType type = target.type();
    if (type.equals(Kinds.SERVICE_ACCOUNT) && target.subresource().equals("token")) {
      return issuer.issue(target, body);
    }
    if (!Kinds.REVIEWS.contains(type)) {
      return null;
    }
    return switch (type.kind()) {
      case "SelfSubjectReview" -> identity.self(user);
      case "TokenReview" -> identity.token(body);
      case "SelfSubjectAccessReview" -> access.self(user, type, body);
      case "SubjectAccessReview" -> access.subject(type, body);
      case "LocalSubjectAccessReview" -> access.local(type, target.namespace(), body);
      case "SelfSubjectRulesReview" -> new RulesReview(access.authorizer()).self(user, body);
      default -> throw new IllegalStateException("no answer to a " + type.kind());
    };
  }
}
