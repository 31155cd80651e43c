package dev.fairlead.apiserver.tokens;

import dev.fairlead.api.ApiException;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.http.ClientCertificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who sends a request: by client certificate, else by bearer token, else nobody. */
public final class Authenticator {
  private static final Logger log = LoggerFactory.getLogger(Authenticator.class);
  private static final String BEARER = "bearer ";

  private final TokenAuthenticator tokens;

  public Authenticator(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  /**
   * Who sends it.
   *
   * @param certificate what the client has shown; one that cannot be believed counts for nothing
   *     beside a good token, and is refused on its own
   * @param authorization the header {@code Authorization}; null when there is none
   * @throws ApiException 401 for credentials that name nobody
   */
  public User user(ClientCertificate certificate, @Nullable String authorization) {
    User shown =
        certificate instanceof ClientCertificate.Verified verified
            ? User.of(verified.chain())
            : User.ANONYMOUS;
    if (shown.isAuthenticated()) {
      return shown;
    }
    String token = token(authorization);
    if (!token.isEmpty()) {
      return holder(token);
    }
    if (certificate instanceof ClientCertificate.Refused refused) {
      log.debug("a client certificate was refused: {}", refused.why());
      throw ApiException.unauthorized();
    }
    return shown;
  }

  /** The bearer token, or empty: other schemes say nothing to us, as upstream. */
  private static String token(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return "";
    }
    return authorization.substring(BEARER.length()).strip();
  }

  private User holder(String token) {
    try {
      return tokens.authenticate(token, List.of(tokens.ownAudience())).user();
    } catch (InvalidTokenException e) {
      log.debug("a bearer token was refused: {}", e.message());
      throw ApiException.unauthorized();
    }
  }
}
