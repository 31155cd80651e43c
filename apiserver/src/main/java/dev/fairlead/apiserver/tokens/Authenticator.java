package dev.fairlead.apiserver.tokens;

import dev.fairlead.api.ApiException;
import dev.fairlead.apiserver.auth.User;
import java.security.cert.X509Certificate;
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
   * @param certificates the verified chain; may be empty
   * @param authorization the header {@code Authorization}; null when there is none
   * @throws ApiException 401 for a token that names nobody
   */
  public User user(List<X509Certificate> certificates, @Nullable String authorization) {
    User byCertificate = User.of(certificates);
    if (byCertificate.isAuthenticated() || authorization == null) {
      return byCertificate;
    }
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return byCertificate; // Other schemes say nothing to us, as upstream.
    }
    String token = authorization.substring(BEARER.length()).strip();
    if (token.isEmpty()) {
      return byCertificate;
    }
    try {
      return tokens.authenticate(token, List.of(tokens.ownAudience())).user();
    } catch (InvalidTokenException e) {
      log.debug("a bearer token was refused: {}", e.message());
      throw ApiException.unauthorized();
    }
  }
}
