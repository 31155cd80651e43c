package dev.fairlead.apiserver.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.auth.User;
import dev.fairlead.apiserver.certs.SigningKey;
import dev.fairlead.apiserver.registry.Registry;
import dev.fairlead.apiserver.registry.RegistrySettings;
import dev.fairlead.store.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private Instant now = START;
  private final Registry api =
      new Registry(store, RegistrySettings.DEFAULT, () -> now, new Random(7));
  private final TokenCodec codec = new TokenCodec(SigningKey.create(), ISSUER);
  private final TokenIssuer issuer = new TokenIssuer(codec, api, () -> now);
  private final TokenAuthenticator authenticator = new TokenAuthenticator(codec, api, () -> now);

  @BeforeEach
  void start() {
    create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
    create(Kinds.SERVICE_ACCOUNT, "default", "{metadata: {name: robot}}");
  }

  @AfterEach
  void close() {
    api.close();
    store.close();
  }

  @Test
  void aTokenSaysWhatUpstreamsSay() {
    Document answer = request("{}");
    ObjectNode claims = claims(token(answer));
    Document account = api.get(Target.object(Kinds.SERVICE_ACCOUNT, "default", "robot"));
    assertThat(Json.text(claims.path("aud"))).contains(ISSUER);
    assertThat(claims.path("iss").asText()).isEqualTo(ISSUER);
    assertThat(claims.path("sub").asText()).isEqualTo("system:serviceaccount:default:robot");
    assertThat(claims.path("iat").asLong()).isEqualTo(START.getEpochSecond());
    assertThat(claims.path("nbf").asLong()).isEqualTo(START.getEpochSecond());
    assertThat(claims.path("exp").asLong()).isEqualTo(START.getEpochSecond() + 3600);
    assertThat(claims.path("jti").asText()).hasSize(36);
    assertThat(Json.text(claims.path("kubernetes.io")))
        .isEqualTo(
            "{\"namespace\":\"default\",\"serviceaccount\":{\"name\":\"robot\",\"uid\":\"%s\"}}"
                .formatted(account.meta().uid()));
    assertThat(answer.status().path("expirationTimestamp").asText())
        .isEqualTo("2026-03-01T13:00:00Z");
    assertThat(answer.spec().path("expirationSeconds").asInt()).isEqualTo(3600);
  }

  @Test
  void itsHolderIsTheAccount() throws Exception {
    User user = authenticator.authenticate(token(request("{}")), List.of(ISSUER)).user();
    assertThat(user.name()).isEqualTo("system:serviceaccount:default:robot");
    assertThat(user.groups())
        .containsExactly(
            "system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated");
    assertThat(user.uid())
        .isEqualTo(api.get(Target.object(Kinds.SERVICE_ACCOUNT, "default", "robot")).meta().uid());
    assertThat(user.extra().get("authentication.kubernetes.io/credential-id").getFirst())
        .startsWith("JTI=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expirationSeconds: 599 | TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes
          expirationSeconds: 4294967297 | TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds
          boundObjectRef: {kind: Pod, apiVersion: v1, name: nobody} | pods "nobody" not found
          boundObjectRef: {kind: ConfigMap, apiVersion: v1, name: x} | cannot bind token to object of type /v1, Kind=ConfigMap
          """)
  void badRequestsAreRefused(String spec, String why) {
    assertThatThrownBy(() -> request("{spec: {%s}}".formatted(spec))).hasMessage(why);
  }

  @Test
  void withoutTheAccountThereIsNoToken() {
    assertThatThrownBy(() ->
            issuer.issue(
                Target.object(Kinds.SERVICE_ACCOUNT, "default", "nobody").sub("token"),
                document("{}")))
        .hasMessage("serviceaccounts \"nobody\" not found");
  }

  @Test
  void aTokenEndsWithItsTimeAndAMinute() throws Exception {
    String token = token(request("{spec: {expirationSeconds: 600}}"));
    now = START.plusSeconds(660);
    assertThat(authenticator.authenticate(token, List.of(ISSUER)).user().name()).isNotEmpty();
    now = START.plusSeconds(661);
    refused(token, "service account token has expired");
    now = START.minusSeconds(61);
    refused(token, "service account token is not valid yet");
  }

  @Test
  void aTokenIsForItsAudienceOnly() throws Exception {
    String token = token(request("{spec: {audiences: [vault, bank]}}"));
    refused(
        token,
        "token audiences [vault, bank] is invalid for the target audiences [" + ISSUER + "]");
    assertThat(authenticator.authenticate(token, List.of("bank", "other")).audiences())
        .containsExactly("bank");
  }

  @Test
  void aTokenEndsWithItsAccountAndABoundOneWithItsPod() throws Exception {
    create(
        Kinds.POD,
        "default",
        "{metadata: {name: p}, spec: {serviceAccountName: robot, containers: [{name: c, image: i}]}}");
    String bound = token(request("{spec: {boundObjectRef: {kind: Pod, apiVersion: v1, name: p}}}"));
    String free = token(request("{}"));
    User user = authenticator.authenticate(bound, List.of(ISSUER)).user();
    assertThat(user.extra()).containsEntry("authentication.kubernetes.io/pod-name", List.of("p"));
    api.delete(Target.object(Kinds.POD, "default", "p"), DeleteOptions.now());
    refused(bound, "service account token has been invalidated");
    assertThat(authenticator.authenticate(free, List.of(ISSUER)).user().name()).isNotEmpty();
    api.delete(Target.object(Kinds.SERVICE_ACCOUNT, "default", "robot"), DeleteOptions.NONE);
    refused(free, "serviceaccounts \"robot\" not found");
    create(Kinds.SERVICE_ACCOUNT, "default", "{metadata: {name: robot}}");
    assertThatThrownBy(() -> authenticator.authenticate(free, List.of(ISSUER)))
        .hasMessageMatching("service account UID \\(.*\\) does not match claim \\(.*\\)");
  }

  @Test
  void aPodOfAnotherAccountCannotBeBound() {
    create(
        Kinds.POD,
        "default",
        "{metadata: {name: p}, spec: {serviceAccountName: other, containers: [{name: c, image: i}]}}");
    assertThatThrownBy(
            () -> request("{spec: {boundObjectRef: {kind: Pod, apiVersion: v1, name: p}}}"))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("cannot bind token for serviceaccount \"robot\" to pod running");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "\u0000.\u0000.\u0000"})
  void nonsenseNamesNobody(String token) {
    assertThatThrownBy(() -> authenticator.authenticate(token, List.of(ISSUER)))
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void anotherKeyOrAChangedClaimNamesNobody() throws Exception {
    String token = token(request("{}"));
    String[] parts = token.split("\\.", -1);
    ObjectNode claims = claims(token).put("sub", "system:serviceaccount:kube-system:admin");
    String forged =
        parts[0]
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(claims))
            + "."
            + parts[2];
    refused(forged, "the token's signature does not verify");
    TokenCodec other = new TokenCodec(SigningKey.create(), ISSUER);
    AccountClaims same = codec.read(token, now);
    refused(other.sign(same), "the token's signature does not verify");
  }

  @Test
  void theKeyIsKept(@TempDir Path folder) throws Exception {
    SigningKey made = SigningKey.loadOrCreate(folder);
    assertThat(SigningKey.loadOrCreate(folder).publicKey()).isEqualTo(made.publicKey());
    String token = new TokenCodec(made, ISSUER).sign(codec.read(token(request("{}")), now));
    assertThat(new TokenCodec(SigningKey.loadOrCreate(folder), ISSUER).read(token, now).namespace())
        .isEqualTo("default");
  }

  private void refused(String token, String why) {
    assertThatThrownBy(() -> authenticator.authenticate(token, List.of(ISSUER)))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessage(why);
  }

  private Document request(String body) {
    return issuer.issue(
        Target.object(Kinds.SERVICE_ACCOUNT, "default", "robot").sub("token"), document(body));
  }

  private static String token(Document answer) {
    return answer.status().path("token").asText();
  }

  private static ObjectNode claims(String token) {
    return Json.tree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }

  private static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private Document create(ResourceType type, String namespace, String yaml) {
    return api.create(Target.collection(type, namespace), document(yaml), WriteOptions.NONE);
  }
}
