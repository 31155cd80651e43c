package dev.fairlead.api.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sections of RFC 6902, in data of our own, and what upstream does where the RFC is stricter.
 */
class JsonPatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}|{'op':'add','path':'/b','value':2}|{'a':1,'b':2}",
        "{'a':1}|{'op':'add','path':'/a','value':null}|{'a':null}",
        "{'l':[1,3]}|{'op':'add','path':'/l/1','value':2}|{'l':[1,2,3]}",
        "{'l':[1]}|{'op':'add','path':'/l/-','value':[2]}|{'l':[1,[2]]}",
        "{'l':[1]}|{'op':'add','path':'/l/1','value':2}|{'l':[1,2]}",
        "{'l':[1,2]}|{'op':'remove','path':'/l/-1'}|{'l':[1]}",
        "{'a':1,'b':2}|{'op':'remove','path':'/a'}|{'b':2}",
        "{'l':[1,2,3]}|{'op':'remove','path':'/l/1'}|{'l':[1,3]}",
        "{'a':1}|{'op':'replace','path':'/a','value':{'x':1}}|{'a':{'x':1}}",
        "{'a':1}|{'op':'replace','path':'/new','value':1}|{'a':1,'new':1}",
        "{'a':1}|{'op':'replace','path':'','value':{'z':1}}|{'z':1}",
        "{'a':{'x':1}}|{'op':'move','from':'/a/x','path':'/y'}|{'a':{},'y':1}",
        "{'l':[1,2,3]}|{'op':'move','from':'/l/0','path':'/l/2'}|{'l':[2,3,1]}",
        "{'a':{'x':1}}|{'op':'copy','from':'/a','path':'/b'}|{'a':{'x':1},'b':{'x':1}}",
        "{'a':[1,'x']}|{'op':'test','path':'/a','value':[1,'x']}|{'a':[1,'x']}",
        "{'a':1}|{'op':'test','path':'/none','value':null}|{'a':1}",
        "{'k/y~z':1}|{'op':'test','path':'/k~1y~0z','value':1}|{'k/y~z':1}",
        "{'~1':1}|{'op':'remove','path':'/~01'}|{}",
        "{'':1}|{'op':'replace','path':'/','value':2}|{'':2}",
        "{'a':1}|{'op':'add','path':'/b','value':2,'extra':true}|{'a':1,'b':2}",
        // The cases of RFC 6902's test suite that Kubernetes decides the same way.
        "{'foo':'bar'}|{'op':'add','path':'/FOO','value':1}|{'foo':'bar','FOO':1}",
        "{'foo':['sil']}|{'op':'add','path':'/foo/0','value':['bar','baz']}|{'foo':[['bar','baz'],'sil']}",
        "{'a':[1,2,[3,[4,5]]]}|{'op':'test','path':'/a','value':[1,2,[3,[4,5]]]}|{'a':[1,2,[3,[4,5]]]}",
        "{'foo':{'foo':1,'bar':2}}|{'op':'test','path':'/foo','value':{'bar':2,'foo':1}}|{'foo':{'foo':1,'bar':2}}",
        "{'foo':1}|{'op':'test','path':'','value':{'foo':1}}|{'foo':1}",
        "{'foo':1}|{'op':'move','from':'/foo','path':'/foo'}|{'foo':1}",
        "{'foo':null}|{'op':'replace','path':'/foo','value':'truthy'}|{'foo':'truthy'}",
        "{'foo':null}|{'op':'move','from':'/foo','path':'/bar'}|{'bar':null}",
        "{'foo':null}|{'op':'copy','from':'/foo','path':'/bar'}|{'foo':null,'bar':null}",
        "{'foo':null}|{'op':'remove','path':'/foo'}|{}",
        "{'foo':null}|{'op':'test','path':'/foo','value':null}|{'foo':null}",
        "{'a':['b','d']}|{'op':'add','path':'/a/-2','value':'c'}|{'a':['b','c','d']}",
        "{'a':['b']}|{'op':'replace','path':'/a/-1','value':'c'}|{'a':['c']}",
        "{'a/b':1,'c%d':2,'e^f':3,'g!h':4,'i k':5,'m~n':6}|{'op':'test','path':'/m~0n','value':6}|{'a/b':1,'c%d':2,'e^f':3,'g!h':4,'i k':5,'m~n':6}",
        "{'baz':[{'qux':'hello'}]}|{'op':'replace','path':'/baz/0/qux','value':'world'}|{'baz':[{'qux':'world'}]}",
        "{'foo':{'bar':{'baz':[{'boo':'net'}]}}}|{'op':'copy','from':'/foo','path':'/bak'}|{'foo':{'bar':{'baz':[{'boo':'net'}]}},'bak':{'bar':{'baz':[{'boo':'net'}]}}}",
      })
  void applies(String original, String operation, String result) {
    assertThat(apply(original, "[" + operation + "]")).isEqualTo(tree(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'op':'test','path':'/a','value':2}|testing value /a failed: test failed",
        "{'op':'test','path':'/a','value':1.0}|testing value /a failed: test failed",
        "{'op':'test','path':'/a','value':'1'}|testing value /a failed: test failed",
        "{'op':'test','path':'/l','value':[1,2]}|testing value /l failed: test failed",
        "{'op':'test','path':'/none','value':1}|testing value /none failed: test failed",
        "{'op':'test','path':'/a'}|testing value /a failed: test failed",
        "{'op':'test','path':'/l/x','value':1}|error in test for path: '/l/x': strconv.Atoi: parsing \"x\": invalid syntax",
        "{'op':'test','path':'/l/1','value':1}|error in test for path: '/l/1': Unable to access invalid index: 1: invalid index referenced",
        "{'op':'remove','path':'/l/x'}|error in remove for path: '/l/x': strconv.Atoi: parsing \"x\": invalid syntax",
        "{'op':'remove','path':'/l/-2'}|error in remove for path: '/l/-2': Unable to access invalid index: -2: invalid index referenced",
        "{'op':'remove','path':'/l/1e0'}|error in remove for path: '/l/1e0': strconv.Atoi: parsing \"1e0\": invalid syntax",
        "{'op':'add','path':'/l/x','value':1}|error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
        "{'op':'replace','path':'/l/x','value':1}|replace operation does not apply: doc is missing key: /l/x: missing value",
        "{'op':'replace','path':'','value':5}|replace operation value must be object or array",
        "{'op':'copy','from':'/none/x','path':'/y'}|copy operation does not apply: doc is missing from path: /none/x: missing value",
        "{'op':'copy','from':'/a','path':'/none/y'}|copy operation does not apply: doc is missing destination path: /none/y: missing value",
        "{'op':'move','from':'/a','path':'/none/y'}|move operation does not apply: doc is missing destination path: /none/y: missing value",
        "{'op':'add','path':'/x/y','value':2}|add operation does not apply: doc is missing path: \"/x/y\": missing value",
        "{'op':'add','path':'a','value':2}|add operation does not apply: doc is missing path: \"a\": missing value",
        "{'op':'add','value':2}|add operation failed to decode path: missing value",
        "{'op':'remove','path':'/x'}|error in remove for path: '/x': Unable to remove nonexistent key: x: missing value",
        "{'op':'remove','path':'/a/x'}|remove operation does not apply: doc is missing path: \"/a/x\": missing value",
        "{'op':'add','path':'/l/9','value':2}|error in add for path: '/l/9': Unable to access invalid index: 9: invalid index referenced",
        "{'op':'remove','path':'/l/99999999999'}|error in remove for path: '/l/99999999999': Unable to access invalid index: 99999999999: invalid index referenced",
        "{'op':'replace','path':'/l/9','value':2}|replace operation does not apply: doc is missing key: /l/9: missing value",
        "{'op':'move','from':'/x','path':'/y'}|error in move for path: 'x': Unable to remove nonexistent key: x: missing value",
        "{'op':'spam','path':'/a'}|Unexpected kind: spam",
        "{'path':'/a'}|Unexpected kind: unknown",
      })
  void refuses(String operation, String why) {
    assertThatThrownBy(
            () -> JsonPatch.patched(tree("{'a':1,'l':[1]}"), array("[" + operation + "]")))
        .hasMessage(why);
    assertThatThrownBy(() -> apply("{'a':1,'l':[1]}", "[" + operation + "]"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422))
        .hasMessage("the server rejected our request due to an error in our request");
  }

  @Test
  void isAllOrNothingAndLeavesTheOriginalAlone() {
    ObjectNode original = tree("{'a':{'b':1}}");
    ObjectNode before = original.deepCopy();

    assertThatThrownBy(() ->
            JsonPatch.apply(
                original,
                array("[{'op':'remove','path':'/a/b'},{'op':'test','path':'/z','value':1}]")))
        .isInstanceOf(ApiException.class);
    assertThat(original).isEqualTo(before);
  }

  @Test
  void countAndCopiesAreBounded() {
    String many = "[" + "{'op':'test','path':'/a','value':1},".repeat(10_000) + "{}]";
    String bomb = "[" + "{'op':'copy','from':'','path':'/a'},".repeat(1) + "{'op':'x'}]";
    String doubling =
        "[{'op':'add','path':'/l','value':['%s']}".formatted("x".repeat(1000))
            + ",{'op':'copy','from':'/l','path':'/l/-'}".repeat(40)
            + "]";

    assertThatThrownBy(() -> apply("{'a':1}", many))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(413));
    assertThatThrownBy(() -> apply("{'a':1}", bomb)).isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> apply("{'a':1}", doubling))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422));
    assertThatThrownBy(() -> JsonPatch.patched(tree("{'a':1}"), array(doubling)))
        .hasMessageContaining("accumulated size increase of copy");
  }

  @Test
  void bodiesThatAreNoPatchAre400() {
    Document service = Document.of(tree("{'kind':'Service'}"));

    for (String body : new String[] {"{'op':'add'}", "['x']"}) {
      assertThatThrownBy(() ->
              Patches.apply(
                  Kinds.SERVICE,
                  service,
                  new Patch(Patch.Type.JSON, tree("{'x':" + body + "}").get("x"))))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400));
    }
    assertThatThrownBy(
            () -> Patches.apply(Kinds.SERVICE, service, new Patch(Patch.Type.APPLY, tree("{}"))))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(415));
  }

  private static ObjectNode apply(String original, String operations) {
    return JsonPatch.apply(tree(original), array(operations));
  }

  private static ObjectNode tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static ArrayNode array(String json) {
    return (ArrayNode) tree("{'x':" + json + "}").get("x");
  }
}
