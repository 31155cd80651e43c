package dev.fairlead.apiserver.tokens;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service account's token says (KEP-1205, KEP-4193).
 *
 * @param id {@code jti}
 * @param audiences {@code aud}
 * @param pod the pod that the token lives and dies with; null for none
 * @param node the node of that pod; null for none
 * @param secret the Secret that the token lives and dies with; null for none
 */
public record AccountClaims(
    String id,
    String namespace,
    Ref account,
    List<String> audiences,
    Instant issuedAt,
    Instant expiry,
    @Nullable Ref pod,
    @Nullable Ref node,
    @Nullable Ref secret) {
  private static final String PREFIX = "system:serviceaccount:";

  public AccountClaims {
    audiences = List.copyOf(audiences);
  }

  /** An object, and which one of that name. */
  public record Ref(String name, String uid) {}

  /** {@code sub}, which is the user's name too. */
  public String subject() {
    return PREFIX + namespace + ":" + account.name();
  }
}
