package dev.fairlead.apiserver.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.fairlead.apiserver.certs.SigningKey;
import dev.fairlead.apiserver.tokens.AccountClaims.Ref;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims to signed text and back: JWT (RFC 7519) with ES256, and nothing else. */
public final class TokenCodec {
  private static final int LENGTH_MAX = 16 * 1024;
  private static final String PRIVATE = "kubernetes.io";

  /** So much may clocks differ. */
  static final Duration LEEWAY = Duration.ofMinutes(1);

  private final String issuer;
  private final String keyId;
  private final JWSSigner signer;
  private final JWSVerifier verifier;

  /**
   * Tokens of one issuer.
   *
   * @param issuer {@code iss}, an https URL
   */
  public TokenCodec(SigningKey key, String issuer) {
    this.issuer = issuer;
    this.keyId = keyId(key);
    try {
      this.signer = new ECDSASigner(key.privateKey());
      this.verifier = new ECDSAVerifier(key.publicKey());
    } catch (JOSEException e) {
      throw new IllegalArgumentException("not a P-256 key", e);
    }
  }

  /** Who issues, and the audience of tokens that name none. */
  public String issuer() {
    return issuer;
  }

  /** The signed token. */
  public String sign(AccountClaims claims) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("namespace", claims.namespace());
    own.put("serviceaccount", ref(claims.account()));
    put(own, "pod", claims.pod());
    put(own, "node", claims.node());
    put(own, "secret", claims.secret());
    JWTClaimsSet set =
        new JWTClaimsSet.Builder()
            .audience(claims.audiences())
            .expirationTime(Date.from(claims.expiry()))
            .issueTime(Date.from(claims.issuedAt()))
            .issuer(issuer)
            .jwtID(claims.id())
            .notBeforeTime(Date.from(claims.issuedAt()))
            .subject(claims.subject())
            .claim(PRIVATE, own)
            .build();
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build(), set);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
    return token.serialize();
  }

  /**
   * Reads a token that we signed and that is in force.
   *
   * @throws InvalidTokenException with the reason
   */
  public AccountClaims read(String text, Instant now) throws InvalidTokenException {
    try {
      if (text.length() > LENGTH_MAX) {
        throw new InvalidTokenException("the token is too long");
      }
      SignedJWT token = SignedJWT.parse(text);
      boolean ours =
          JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm()) && token.verify(verifier);
      if (!ours) {
        throw new InvalidTokenException("the token's signature does not verify");
      }
      JWTClaimsSet set = token.getJWTClaimsSet();
      inForce(set, now);
      return claims(set);
    } catch (ParseException | JOSEException e) {
      throw new InvalidTokenException("the token cannot be read");
    }
  }

  private void inForce(JWTClaimsSet set, Instant now) throws InvalidTokenException {
    if (!issuer.equals(set.getIssuer())) {
      throw new InvalidTokenException("the token is of another issuer");
    }
    Date expiry = set.getExpirationTime();
    if (expiry == null || now.isAfter(expiry.toInstant().plus(LEEWAY))) {
      throw new InvalidTokenException("service account token has expired");
    }
    Date start = set.getNotBeforeTime();
    if (start == null || now.isBefore(start.toInstant().minus(LEEWAY))) {
      throw new InvalidTokenException("service account token is not valid yet");
    }
  }

  private static AccountClaims claims(JWTClaimsSet set)
      throws ParseException, InvalidTokenException {
    Map<String, Object> own = set.getJSONObjectClaim(PRIVATE);
    Ref account = own == null ? null : ref(own.get("serviceaccount"));
    if (own == null || account == null || !(own.get("namespace") instanceof String namespace)) {
      throw new InvalidTokenException("the token names no service account");
    }
    Date issued = set.getIssueTime() == null ? set.getNotBeforeTime() : set.getIssueTime();
    return new AccountClaims(
        set.getJWTID() == null ? "" : set.getJWTID(),
        namespace,
        account,
        set.getAudience(),
        issued.toInstant(),
        set.getExpirationTime().toInstant(),
        ref(own.get("pod")),
        ref(own.get("node")),
        ref(own.get("secret")));
  }

  private static void put(Map<String, Object> own, String name, @Nullable Ref ref) {
    if (ref != null) {
      own.put(name, ref(ref));
    }
  }

  private static Map<String, Object> ref(Ref ref) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", ref.name());
    map.put("uid", ref.uid());
    return map;
  }

  private static @Nullable Ref ref(@Nullable Object claim) {
    return claim instanceof Map<?, ?> map
            && map.get("name") instanceof String name
            && map.get("uid") instanceof String uid
        ? new Ref(name, uid)
        : null;
  }

  /** Names the key by its hash, as upstream does. */
  private static String keyId(SigningKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.publicKey().getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK knows SHA-256", e);
    }
  }
}
