package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and questions over HTTP. */
class ReviewsTest {
  private static final String JSON = "application/json";
  private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";
  private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    post("/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"robot\"}}");
  }

  @Test
  void aBearerTokenIsItsAccount() throws Exception {
    HttpResponse<String> me = asBearer(token(), AUTHENTICATION + "selfsubjectreviews", "{}");
    assertThat(me.statusCode()).isEqualTo(201);
    ObjectNode info = (ObjectNode) tree(me).at("/status/userInfo");
    assertThat(info.path("username").asText()).isEqualTo("system:serviceaccount:default:robot");
    assertThat(info.path("groups").toString())
        .isEqualTo(
            "[\"system:serviceaccounts\",\"system:serviceaccounts:default\",\"system:authenticated\"]");
    assertThat(info.path("extra").toString())
        .contains("authentication.kubernetes.io/credential-id");
  }

  @Test
  void aTokenThatNamesNobodyIsUnauthorized() throws Exception {
    HttpResponse<String> answer = asBearer("nonsense", AUTHENTICATION + "selfsubjectreviews", "{}");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(tree(answer).path("message").asText()).isEqualTo("Unauthorized");
  }

  @Test
  void whoIAmByCertificate() throws Exception {
    ObjectNode review = tree(post(AUTHENTICATION + "selfsubjectreviews", "{}"));
    assertThat(review.at("/status/userInfo").toString())
        .isEqualTo(
            "{\"username\":\"admin\",\"groups\":[\"system:masters\",\"system:authenticated\"]}");
  }

  @Test
  void aTokenReviewSaysWhoseItIs() throws Exception {
    String body = "{\"spec\":{\"token\":\"%s\"}}";
    ObjectNode good = tree(post(AUTHENTICATION + "tokenreviews", body.formatted(token())));
    assertThat(good.at("/status/authenticated").asBoolean()).isTrue();
    assertThat(good.at("/status/user/username").asText())
        .isEqualTo("system:serviceaccount:default:robot");
    assertThat(good.at("/status/audiences/0").asText()).isEqualTo(TestServer.ISSUER);
    ObjectNode bad = tree(post(AUTHENTICATION + "tokenreviews", body.formatted("nonsense")));
    assertThat(bad.at("/status/authenticated").asBoolean()).isFalse();
    assertThat(bad.at("/status/error").asText()).isNotEmpty();
    assertThat(post(AUTHENTICATION + "tokenreviews", "{}").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"user":"ann","groups":["system:authenticated"],"resourceAttributes":{"verb":"get","resource":"pods"}}  | true
          {"user":"ann","resourceAttributes":{"verb":"get","resource":"pods"}}                                    | false
          {"user":"ann","groups":["system:authenticated"],"resourceAttributes":{"verb":"x","group":"g","resource":"unknown"}} | true
          {"user":"ann","nonResourceAttributes":{"verb":"get","path":"/healthz"}}                                 | true
          {"user":"ann","nonResourceAttributes":{"verb":"get","path":"/metrics"}}                                 | false
          """)
  void accessIsWhatTheAuthorizerSays(String spec, boolean allowed) throws Exception {
    HttpResponse<String> answer =
        post(AUTHORIZATION + "subjectaccessreviews", "{\"spec\":" + spec + "}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(tree(answer).at("/status/allowed").asBoolean()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"user":"ann"} | spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified
          {"resourceAttributes":{"verb":"get","resource":"pods"}} | spec.user: Invalid value: "": at least one of user or group must be specified
          """)
  void malformedQuestionsAreInvalid(String spec, String why) throws Exception {
    HttpResponse<String> answer =
        post(AUTHORIZATION + "subjectaccessreviews", "{\"spec\":" + spec + "}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(tree(answer).path("message").asText()).endsWith(why);
  }

  @Test
  void myOwnAccessAndRules() throws Exception {
    String spec = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}";
    assertThat(
            tree(post(AUTHORIZATION + "selfsubjectaccessreviews", spec))
                .at("/status/allowed")
                .asBoolean())
        .isTrue();
    ObjectNode rules =
        tree(
            post(
                AUTHORIZATION + "selfsubjectrulesreviews",
                "{\"spec\":{\"namespace\":\"default\"}}"));
    assertThat(rules.at("/status/resourceRules").toString())
        .isEqualTo("[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}]");
    assertThat(rules.at("/status/incomplete").asBoolean()).isFalse();
    ObjectNode local =
        tree(
            post(
                AUTHORIZATION + "namespaces/default/localsubjectaccessreviews",
                "{\"spec\":{\"user\":\"a\",\"resourceAttributes\":{\"namespace\":\"other\",\"verb\":\"get\",\"resource\":\"pods\"}}}"));
    assertThat(local.path("message").asText()).contains("must match metadata.namespace");
  }

  @Test
  void questionsCannotBeReadOrListed() throws Exception {
    assertThat(server.get(AUTHENTICATION + "tokenreviews", JSON).statusCode()).isEqualTo(405);
    assertThat(server.get(AUTHENTICATION + "tokenreviews/x", JSON).statusCode()).isEqualTo(405);
    String discovery = server.get("/apis/authentication.k8s.io/v1", JSON).body();
    assertThat(discovery).contains("\"verbs\":[\"create\"]").doesNotContain("\"list\"");
  }

  private static String token() throws Exception {
    HttpResponse<String> answer =
        post(
            "/api/v1/namespaces/default/serviceaccounts/robot/token",
            "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return tree(answer).at("/status/token").asText();
  }

  private static HttpResponse<String> asBearer(String token, String path, String body)
      throws Exception {
    return server
        .anonymous()
        .send(
            server
                .request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return server.send("POST", path, JSON, body);
  }

  private static ObjectNode tree(HttpResponse<String> answer) throws IOException {
    return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
