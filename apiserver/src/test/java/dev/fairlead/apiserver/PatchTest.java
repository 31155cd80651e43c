package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches over HTTP: what is refused, in upstream's words and codes, and what is let through. */
@Timeout(60)
class PatchTest {
  private static final String JSON = "application/json";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String MAP = MAPS + "/m";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
  private static final String MODIFIED =
      "Operation cannot be fulfilled on configmaps \"m\": the object has been modified; please apply your changes to the latest version and try again";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    create(MAPS, "{'metadata':{'name':'m','finalizers':['a/b']},'data':{'a':'x'}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          json            | Warn   | {'op':'add'}             | error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp
          json            | Strict | 'x'                      | error decoding patch: json: cannot unmarshal string into Go value of type []handlers.jsonPatchOp
          json            | Ignore | {'op':'add'}             | json: cannot unmarshal object into Go value of type jsonpatch.Patch
          json            | Warn   | ['x']                    | error decoding patch: json: cannot unmarshal string into Go value of type handlers.jsonPatchOp
          json            | Ignore | ['x']                    | json: cannot unmarshal string into Go value of type jsonpatch.Operation
          json            | Warn   | [{'op':1,'path':'/a'}]   | error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string
          json            | Warn   | [{'op':'add','path':[]}] | error decoding patch: json: cannot unmarshal array into Go struct field jsonPatchOp.path of type string
          json            | Warn   | [{'op':'move','from':{}}] | error decoding patch: json: cannot unmarshal object into Go struct field jsonPatchOp.from of type string
          json            | Warn   | [                        | error decoding patch: unexpected end of JSON input
          json            | Ignore | [                        | unexpected end of JSON input
          merge           | Warn   | []                       | error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}
          merge           | Strict | {'a'                     | error decoding patch: unexpected end of JSON input
          merge           | Ignore | {'a'                     | Invalid JSON Patch
          merge           | Warn   | null                     | Invalid JSON Patch
          strategic-merge | Warn   | 5                        | json: cannot unmarshal number into Go value of type map[string]interface {}
          strategic-merge | Ignore | []                       | json: cannot unmarshal array into Go value of type map[string]interface {}
          strategic-merge | Warn   | {'a'                     | unexpected end of JSON input
          strategic-merge | Warn   | {'metadata':{'finalizers':[['a'],'b']}} | list element types are not identical: [[a/b] [[a] b]]
          strategic-merge | Warn   | {'$retainKeys':1}        | invalid patch format of retainKeys
          strategic-merge | Warn   | {'metadata':{'$setElementOrder/finalizers':{}}} | expected a []interface {}, but received a map[string]interface {}
          """)
  void malformedPatchesAre400(String type, String validation, String body, String message)
      throws Exception {
    refused(patch(MAP + "?fieldValidation=" + validation, type, body), 400, "BadRequest", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          json            | [{'op':'test','path':'/data/a','value':'z'}]
          json            | [{'op':'remove','path':'/data/none'}]
          json            | [{'op':'add','path':'/metadata/ownerReferences/0','value':'a/b'}]
          json            | [{'op':'spam','path':'/data'}]
          json            | [{'path':'/data'}]
          json            | [null]
          """)
  void whatDoesNotApplyIs422(String type, String body) throws Exception {
    refused(
        patch(MAP, type, body),
        422,
        "Invalid",
        "the server rejected our request due to an error in our request");
  }

  @ParameterizedTest
  @CsvSource({
    "json, null",
    "json, []",
    "strategic-merge, null",
    "strategic-merge, {}",
    "merge, {}"
  })
  void nothingToDoChangesNothing(String type, String body) throws Exception {
    String before = server.get(MAP, JSON).body();
    HttpResponse<String> answer = patch(MAP, type, body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/apply-patch+cbor", "application/apply-patch+json", "''"})
  void otherMediaTypesAre415(String type) throws Exception {
    refused(
        server.send("PATCH", MAP, type.isEmpty() ? JSON : type, "{}"),
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          merge           | {'metadata':{'resourceVersion':'1'},'data':{'a':'z'}}
          strategic-merge | {'metadata':{'resourceVersion':'1'},'data':{'a':'z'}}
          json            | [{'op':'replace','path':'/metadata/resourceVersion','value':'1'},{'op':'replace','path':'/data/a','value':'z'}]
          """)
  void aRevisionInThePatchIsALock(String type, String body) throws Exception {
    refused(patch(MAP, type, body), 409, "Conflict", MODIFIED);
    String version = tree(server.get(MAP, JSON)).path("metadata").path("resourceVersion").asText();
    String now = body.replace("'resourceVersion':'1'", "'resourceVersion':'" + version + "'");
    String right = now.replace("'value':'1'", "'value':'" + version + "'").replace("'z'", "'x'");
    assertThat(patch(MAP, type, right).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'metadata':{'name':null}}            | 400 | the name of the object (m based on URL) was undeterminable: name must be provided
          {'metadata':{'name':'other'}}         | 400 | the name of the object (other) does not match the name on the URL (m)
          {'metadata':{'namespace':'other'}}    | 400 | the namespace of the provided object does not match the namespace sent on the request
          {'metadata':{'uid':'other'}}          | 409 | Precondition failed: UID in precondition: other, UID in object meta:
          """)
  void anObjectStaysItself(String body, int code, String message) throws Exception {
    HttpResponse<String> answer = patch(MAP, "merge", body);
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(tree(answer).path("message").asText()).contains(message);
  }

  @Test
  void ownersThatStandTwiceAreDropped() throws Exception {
    String owner = "{'apiVersion':'v1','kind':'Node','name':'n','uid':'u'}";
    String owners = "'metadata':{'name':'%s','ownerReferences':[" + owner + "," + owner + "]}";
    String said =
        "; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u";
    String body = ("{" + owners.formatted("owned") + "}").replace('\'', '"');
    HttpResponse<String> made = server.send("POST", MAPS, JSON, body);
    HttpResponse<String> put = server.send("PUT", MAPS + "/owned", JSON, body);
    HttpResponse<String> merged = patch(MAPS + "/owned", "merge", body);

    for (HttpResponse<String> each : List.of(made, put)) {
      assertThat(each.headers().allValues("warning")).hasSize(1);
      assertThat(each.headers().allValues("warning").getFirst())
          .contains(".metadata.ownerReferences contains duplicate entries" + said);
    }
    assertThat(merged.headers().allValues("warning").getFirst())
        .contains("duplicate entries after mutating admission happens" + said);
    assertThat(tree(merged).at("/metadata/ownerReferences").size()).isEqualTo(1);
    assertThat(tree(merged).at("/metadata/resourceVersion"))
        .isEqualTo(tree(made).at("/metadata/resourceVersion"));
  }

  @Test
  void aSelectorOfABudgetIsReplaced() throws Exception {
    create(
        BUDGETS,
        "{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'a':'x','b':'y'}}}}");

    HttpResponse<String> answer =
        patch(
            BUDGETS + "/b",
            "strategic-merge",
            "{'spec':{'minAvailable':2,'selector':{'matchLabels':{'c':'z'}}}}");

    assertThat(tree(answer).path("spec"))
        .isEqualTo(parse("{'minAvailable':2,'selector':{'matchLabels':{'c':'z'}}}"));
  }

  private static HttpResponse<String> patch(String path, String type, String body)
      throws Exception {
    return server.send(
        "PATCH", path, "application/" + type + "-patch+json", body.replace('\'', '"'));
  }

  private static void create(String path, String body) throws Exception {
    assertThat(server.send("POST", path, JSON, body.replace('\'', '"')).statusCode())
        .isEqualTo(201);
  }

  private static void refused(
      HttpResponse<String> answer, int code, String reason, String message) {
    JsonNode status = tree(answer);
    assertThat(status.path("message").asText()).isEqualTo(message);
    assertThat(status.path("reason").asText()).isEqualTo(reason);
    assertThat(answer.statusCode()).isEqualTo(code);
  }

  private static JsonNode tree(HttpResponse<String> answer) {
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode parse(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
