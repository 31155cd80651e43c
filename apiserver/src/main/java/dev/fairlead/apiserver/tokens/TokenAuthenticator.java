package dev.fairlead.apiserver.tokens;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.tokens.AccountClaims.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says who holds a token: the service account that it names, as long as that account, and the pod
 * or Secret that the token is bound to, are still the same.
 */
public final class TokenAuthenticator {
  private static final String EXTRA = "authentication.kubernetes.io/";

  private final TokenCodec codec;
  private final KubeApi api;
  private final InstantSource clock;

  /**
   * Reads accounts, pods and Secrets from this API.
   *
   * @param api without authorization
   */
  public TokenAuthenticator(TokenCodec codec, KubeApi api, InstantSource clock) {
    this.codec = codec;
    this.api = api;
    this.clock = clock;
  }

  /** The audience that the API server itself answers to. */
  public String ownAudience() {
    return codec.issuer();
  }

  /**
   * Who holds this token.
   *
   * @param audiences one of them must be the token's
   * @throws InvalidTokenException when it names nobody
   */
  public Authenticated authenticate(String token, List<String> audiences)
      throws InvalidTokenException {
    Instant now = clock.instant();
    AccountClaims claims = codec.read(token, now);
    List<String> common = claims.audiences().stream().filter(audiences::contains).toList();
    if (common.isEmpty()) {
      throw new InvalidTokenException(
          "token audiences %s is invalid for the target audiences %s"
              .formatted(claims.audiences(), audiences));
    }
    account(claims, now);
    bound(Kinds.SECRET, claims.namespace(), claims.secret(), now);
    bound(Kinds.POD, claims.namespace(), claims.pod(), now);
    return new Authenticated(user(claims), common);
  }

  /**
   * A holder.
   *
   * @param audiences those asked for that the token is for
   */
  public record Authenticated(User user, List<String> audiences) {
    public Authenticated {
      audiences = List.copyOf(audiences);
    }
  }

  private void account(AccountClaims claims, Instant now) throws InvalidTokenException {
    String name = claims.namespace() + "/" + claims.account().name();
    Document account = find(Kinds.SERVICE_ACCOUNT, claims.namespace(), claims.account().name());
    if (account == null) {
      throw new InvalidTokenException(
          "serviceaccounts \"%s\" not found".formatted(claims.account().name()));
    }
    if (gone(account, now)) {
      throw new InvalidTokenException("service account %s has been deleted".formatted(name));
    }
    if (!account.meta().uid().equals(claims.account().uid())) {
      throw new InvalidTokenException(
          "service account UID (%s) does not match claim (%s)"
              .formatted(account.meta().uid(), claims.account().uid()));
    }
  }

  private void bound(ResourceType type, String namespace, @Nullable Ref ref, Instant now)
      throws InvalidTokenException {
    if (ref == null) {
      return;
    }
    Document found = find(type, namespace, ref.name());
    if (found == null || gone(found, now)) {
      throw new InvalidTokenException("service account token has been invalidated");
    }
    if (!found.meta().uid().equals(ref.uid())) {
      throw new InvalidTokenException(
          "%s UID (%s) does not match service account %s ref claim (%s)"
              .formatted(type.singular(), found.meta().uid(), type.singular(), ref.uid()));
    }
  }

  private static boolean gone(Document object, Instant now) {
    Instant deleted = object.meta().deletionTimestamp();
    return deleted != null && deleted.isBefore(now.minus(TokenCodec.LEEWAY));
  }

  private @Nullable Document find(ResourceType type, String namespace, String name) {
    try {
      return api.get(Target.object(type, namespace, name));
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private static User user(AccountClaims claims) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.id()));
    put(extra, "node", claims.node());
    put(extra, "pod", claims.pod());
    return User.authenticated(
        claims.subject(),
        claims.account().uid(),
        List.of("system:serviceaccounts", "system:serviceaccounts:" + claims.namespace()),
        extra);
  }

  private static void put(Map<String, List<String>> extra, String what, @Nullable Ref ref) {
    if (ref != null) {
      extra.put(EXTRA + what + "-name", List.of(ref.name()));
      extra.put(EXTRA + what + "-uid", List.of(ref.uid()));
    }
  }
}
