package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a {@code managedFields} that a client sends. */
class ManagersSentTest {
  private static final Target MAP = Target.object(Kinds.CONFIG_MAP, "default", "m");

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MERGE           | {'metadata':{'managedFields':[{}]}}
          MERGE           | {'metadata':{'managedFields':[]}}
          MERGE           | {'metadata':{'managedFields':[{}]},'data':{'a':'z'}}
          STRATEGIC_MERGE | {'metadata':{'managedFields':[{}]}}
          STRATEGIC_MERGE | {'metadata':{'managedFields':[]},'data':{'a':'z'}}
          JSON            | [{'op':'replace','path':'/metadata/managedFields','value':[{}]}]
          JSON            | [{'op':'replace','path':'/metadata/managedFields','value':[]},{'op':'add','path':'/data/a','value':'z'}]
          """)
  void anEmptyListForgets(Patch.Type type, String body) {
    create("{metadata: {name: m, labels: {l: m}}, data: {a: x}}");

    assertThat(patch(type, body).tree().path("metadata").has("managedFields")).isFalse();
    Document later = patch(Patch.Type.MERGE, "{'data':{'b':'x'}}");
    assertThat(later.tree().path("metadata").has("managedFields")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MERGE           | {'metadata':{'managedFields':null}}
          STRATEGIC_MERGE | {'metadata':{'managedFields':null}}
          JSON            | [{'op':'remove','path':'/metadata/managedFields'}]
          MERGE           | {'metadata':{'managedFields':[{'manager':'x','operation':'Apply','apiVersion':'v1','time':'2019-07-08T09:31:18Z','fieldsType':'FieldsV1','fieldsV1':{'':{}}}]}}
          MERGE           | {'metadata':{'managedFields':[{'manager':'x','operation':'Apply','apiVersion':'','fieldsType':'FieldsV1','fieldsV1':{}}]}}
          MERGE           | {'metadata':{'managedFields':[{'manager':'x','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV2','fieldsV1':{}}]}}
          MERGE           | {'metadata':{'managedFields':[{},{}]}}
          """)
  void whatNobodyCanReadIsIgnored(Patch.Type type, String body) {
    Document made = create("{metadata: {name: m}, data: {a: x}}");

    assertThat(patch(type, body)).isEqualTo(made);
  }

  @Test
  void aListThatCanBeReadTakesTheOldOnesPlace() {
    create("{metadata: {name: m}, data: {a: x}}");

    Document changed =
        patch(
            Patch.Type.MERGE,
            "{'metadata':{'managedFields':[{'manager':'other','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:a':{}}}}]}}");

    assertThat(managers(changed).size()).isEqualTo(1);
    assertThat(managers(changed).get(0).path("manager").asText()).isEqualTo("other");
  }

  @Test
  void aSubresourceTakesNoList() {
    Document made =
        bench.create(
            Kinds.DEPLOYMENT,
            "default",
            "{metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}");
    for (String list : new String[] {"[]", "[{}]"}) {
      Document changed =
          bench.registry.patch(
              Target.object(Kinds.DEPLOYMENT, "default", "d").sub("status"),
              new Patch(
                  Patch.Type.MERGE,
                  json("{'metadata':{'managedFields':" + list + "},'status':{'replicas':1}}")),
              by("two"));
      assertThat(managers(changed).valueStream()).hasSize(2).contains(managers(made).get(0));
    }
  }

  @Test
  void aCreatorMayBringAList() {
    String entry =
        "{manager: old, operation: Update, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {'f:data': {'f:a': {}}}}";
    Document made =
        create("{metadata: {name: m, managedFields: [" + entry + "]}, data: {a: x, b: z}}");

    // As upstream: what is made anew is the creator's, all of it.
    assertThat(managers(made).size()).isEqualTo(1);
    assertThat(managers(made).get(0).path("manager").asText()).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad\u0007name | '' | invalid character U+0007 (at position 3)
          no\u00A0space | '' | invalid character U+00A0 (at position 2)
          LONG           | '' | metadata.managedFields[0].manager: Too long: may not be more than 128 bytes
          fine           | LONG | metadata.managedFields[0].subresource: Too long: may not be more than 256 bytes
          """)
  void namesAreChecked(String manager, String subresource, String why) {
    create("{metadata: {name: m}, data: {a: x}}");
    ObjectNode body =
        json(
            "{'metadata':{'managedFields':[{'operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'f:data':{}}}]}}");
    ObjectNode entry = (ObjectNode) body.at("/metadata/managedFields/0");
    entry.put("manager", text(manager));
    entry.put("subresource", text(subresource));

    assertThatThrownBy(
            () -> bench.registry.patch(MAP, new Patch(Patch.Type.MERGE, body), by("two")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422))
        .hasMessageStartingWith("ConfigMap \"m\" is invalid: metadata.managedFields[0].")
        .hasMessageEndingWith(why);
  }

  @Test
  void itemsThatStandTwiceDoNotHinderAnApply() {
    String deployment =
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, labels: {v: '%s'}}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i%s}]}}}}";
    bench.registry.create(
        Target.collection(Kinds.DEPLOYMENT, "default"),
        Bench.document(
            deployment.formatted("1", ", env: [{name: x, value: '1'}, {name: x, value: '2'}]")),
        by("one"));

    Document applied =
        bench.registry.patch(
            Target.object(Kinds.DEPLOYMENT, "default", "d"),
            new Patch(Patch.Type.APPLY, Bench.document(deployment.formatted("2", "")).tree()),
            new WriteOptions(false, "git", true));

    assertThat(applied.tree().at("/spec/template/spec/containers/0/env"))
        .isEqualTo(json("{'e':[{'name':'x','value':'1'},{'name':'x','value':'2'}]}").get("e"));
    assertThat(applied.meta().labels()).containsEntry("v", "2");
  }

  private static String text(String cell) {
    return cell.equals("LONG")
        ? "x".repeat(257)
        : cell.replace("\\u0007", "\u0007").replace("\\u00A0", "\u00A0");
  }

  private Document create(String yaml) {
    return bench.registry.create(
        Target.collection(Kinds.CONFIG_MAP, "default"), Bench.document(yaml), by("one"));
  }

  private Document patch(Patch.Type type, String body) {
    JsonNode tree = json("{'x':" + body + "}").get("x");
    return bench.registry.patch(MAP, new Patch(type, tree), by("two"));
  }

  private static JsonNode managers(Document object) {
    return object.tree().at("/metadata/managedFields");
  }

  private static WriteOptions by(String manager) {
    return new WriteOptions(false, manager, false);
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
