package dev.fairlead.api.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each directive of a strategic merge patch on a pod spec, in flow YAML. */
class StrategicMergePatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Lists of objects merge by key; new elements come first, as upstream orders them.
        "{containers: [{name: a, image: x}]}|{containers: [{name: a, image: y}]}|{containers: [{name: a, image: y}]}",
        "{containers: [{name: a}]}|{containers: [{name: b}]}|{containers: [{name: b}, {name: a}]}",
        "{containers: [{name: a}, {name: b}, {name: c}]}|{containers: [{name: b, image: y}]}|{containers: [{name: a}, {name: b, image: y}, {name: c}]}",
        "{containers: [{name: a, env: [{name: X, value: '1'}]}]}|{containers: [{name: a, env: [{name: Y, value: '2'}, {name: X, value: '3'}]}]}|{containers: [{name: a, env: [{name: Y, value: '2'}, {name: X, value: '3'}]}]}",
        // Deleting and replacing.
        "{containers: [{name: a}, {name: b}]}|{containers: [{name: a, $patch: delete}]}|{containers: [{name: b}]}",
        "{containers: [{name: a}, {name: b}]}|{containers: [{$patch: replace}, {name: c}]}|{containers: [{name: c}]}",
        "{containers: [{name: a, image: x, tty: true}]}|{containers: [{name: a, image: y, $patch: replace}]}|{containers: []}",
        "{securityContext: {runAsUser: 1, fsGroup: 2}}|{securityContext: {$patch: replace, fsGroup: 3}}|{securityContext: {fsGroup: 3}}",
        "{securityContext: {runAsUser: 1}}|{securityContext: {$patch: delete}}|{securityContext: {}}",
        "{nodeName: n, priority: 1}|{nodeName: null}|{priority: 1}",
        // Atomic lists and maps of strings.
        "{tolerations: [{key: a}]}|{tolerations: [{key: b}]}|{tolerations: [{key: b}]}",
        "{nodeSelector: {a: x, b: y}}|{nodeSelector: {a: null, c: z}}|{nodeSelector: {b: y, c: z}}",
        // Order.
        "{containers: [{name: a}, {name: b}, {name: c}]}|{$setElementOrder/containers: [{name: c}, {name: a}]}|{containers: [{name: b}, {name: c}, {name: a}]}",
        "{containers: [{name: a}, {name: b}]}|{$setElementOrder/containers: [{name: b}, {name: n}, {name: a}], containers: [{name: n}]}|{containers: [{name: b}, {name: n}, {name: a}]}",
        // Retain keys.
        "{volumes: [{name: v, emptyDir: {}}]}|{volumes: [{name: v, $retainKeys: [name, hostPath], hostPath: {path: /x}}]}|{volumes: [{name: v, hostPath: {path: /x}}]}",
        // What is new is taken without directives and nulls.
        "{}|{containers: [{name: a, image: null, env: [{$patch: replace}, {name: X}]}]}|{containers: [{name: a, env: [{name: X}]}]}",
        "{}|{$deleteFromPrimitiveList/x: [a]}|{}",
        // Of an atomic list, what is to be deleted is taken for the list.
        "{containers: [{name: a, args: [x, z]}]}|{containers: [{name: a, $deleteFromPrimitiveList/args: [x]}]}|{containers: [{name: a, args: [x]}]}",
        // Where there is no list, nothing can be deleted from it.
        "{nodeName: m}|{$deleteFromPrimitiveList/nodeName: [a]}|{nodeName: m}",
        // A value of another type takes the place of the old one.
        "{nodeName: m}|{nodeName: {$patch: replace, a: null, b: x}}|{nodeName: {b: x}}",
        // Items of the same key are deleted all.
        "{containers: [{name: a, image: x}, {name: b}, {name: a, image: z}]}|{containers: [{name: a, $patch: delete}]}|{containers: [{name: b}]}",
        // A deletion and what comes instead.
        "{containers: [{name: a, image: x, tty: true}]}|{containers: [{name: a, $patch: delete}, {name: a, image: z}]}|{containers: [{name: a, image: z}]}",
        "{hostAliases: [{ip: 1.1.1.1, hostnames: [a]}]}|{hostAliases: [{ip: 1.1.1.1, hostnames: [b]}, {ip: 2.2.2.2}]}|{hostAliases: [{ip: 1.1.1.1, hostnames: [b]}, {ip: 2.2.2.2}]}",
        // Retain keys, with nothing else said.
        "{volumes: [{name: v, emptyDir: {}}, {name: w, emptyDir: {}}]}|{volumes: [{name: v, $retainKeys: [name]}]}|{volumes: [{name: v}, {name: w, emptyDir: {}}]}",
        // Order: what the server alone has keeps its place before what it stood before.
        "{containers: [{name: a}, {name: b}, {name: c}, {name: d}]}|{$setElementOrder/containers: [{name: d}, {name: b}]}|{containers: [{name: a}, {name: c}, {name: d}, {name: b}]}",
        "{containers: [{name: a}]}|{$setElementOrder/containers: [{name: b}, {name: a}], containers: [{name: b, image: x}, {name: a, $patch: delete}]}|{containers: [{name: b, image: x}]}",
        "{}|{$setElementOrder/containers: [{name: a}]}|{}",
      })
  void podSpec(String original, String patch, String result) {
    assertThat(apply("{spec: %s}".formatted(original), "{spec: %s}".formatted(patch)))
        .isEqualTo(yaml("{spec: %s}".formatted(result)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{finalizers: [a, b]}|{finalizers: [b, c]}|{finalizers: [a, b, c]}",
        "{finalizers: [a, b, c]}|{$deleteFromPrimitiveList/finalizers: [b]}|{finalizers: [a, c]}",
        "{finalizers: [a, b]}|{$setElementOrder/finalizers: [b, c, a], finalizers: [c]}|{finalizers: [b, c, a]}",
        "{ownerReferences: [{uid: '1', name: a}]}|{ownerReferences: [{uid: '2', name: b}]}|{ownerReferences: [{uid: '2', name: b}, {uid: '1', name: a}]}",
        "{labels: {a: x}}|{labels: {b: y}}|{labels: {a: x, b: y}}",
      })
  void metadata(String original, String patch, String result) {
    assertThat(apply("{metadata: %s}".formatted(original), "{metadata: %s}".formatted(patch)))
        .isEqualTo(yaml("{metadata: %s}".formatted(result)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{containers: [{image: z}]}|map: map[image:z] does not contain declared merge key: name",
        "{containers: [{name: a, $patch: merge}]}|merging lists cannot yet be specified in the patch",
        "{containers: [{name: a, $patch: spam}]}|unknown patch type: spam in map: map[$patch:spam name:a]",
        "{securityContext: {$patch: spam}}|unknown patch type: spam in map: map[$patch:spam]",
        "{containers: [x]}|list element types are not identical: [[map[name:a]] [x]]",
        "{containers: [{name: a}, [x]]}|list element types are not identical: [[map[name:a]] [map[name:a] [x]]]",
        "{$setElementOrder: []}|invalid patch format of setElementOrder list",
        "{$setElementOrder/containers: {}}|expected a []interface {}, but received a map[string]interface {}",
        "{$setElementOrder/containers: [], containers: x}|expected a []interface {}, but received a string",
        "{containers: [{$patch: delete}]}|map: map[$patch:delete] does not contain declared merge key: name",
        "{$setElementOrder/containers: [{image: z}], containers: [{name: a}]}|map: map[image:z] does not contain declared merge key: name",
        "{$deleteFromPrimitiveList: []}|invalid patch format of primitive list",
        "{$retainKeys: x}|invalid patch format of retainKeys",
        "{$retainKeys: [nodeName], priority: 1}|invalid patch format of retainKeys",
        "{spam: {}}|unable to find api field in struct PodSpec for the json field \"spam\"",
      })
  void refuses(String patch, String why) {
    String original =
        "{spec: {containers: [{name: a}], securityContext: {runAsUser: 1}, spam: {}}}";

    assertThatThrownBy(() -> apply(original, "{spec: %s}".formatted(patch)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessage(why);
  }

  @Test
  void listsOfListsDoNotApply() {
    assertThatThrownBy(
            () -> apply("{metadata: {finalizers: [[a]]}}", "{metadata: {finalizers: [a]}}"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422))
        .hasMessage("the server rejected our request due to an error in our request");
  }

  @Test
  void orderAndListMustAgree() {
    assertThatThrownBy(() ->
            apply(
                "{spec: {containers: [{name: a}]}}",
                "{spec: {$setElementOrder/containers: [{name: a}], containers: [{name: b}]}}"))
        .hasMessageStartingWith("The order in patch list:");
  }

  @Test
  void manyElementsCostNoMoreThanTheirNumber() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      names.append(i == 0 ? "" : ",").append('"').append('f').append(i).append('"');
    }
    ObjectNode original =
        Json.parse(
            ("{\"metadata\":{\"finalizers\":[" + names + "]}}").getBytes(StandardCharsets.UTF_8));

    assertThat(
            Patches.apply(
                    Kinds.POD,
                    Document.of(original),
                    new Patch(Patch.Type.STRATEGIC_MERGE, original))
                .tree())
        .isEqualTo(original);
  }

  private static ObjectNode apply(String original, String patch) {
    Document before = Document.of(yaml(original));
    ObjectNode body = yaml(patch);
    Document after = Patches.apply(Kinds.POD, before, new Patch(Patch.Type.STRATEGIC_MERGE, body));
    assertThat(before.tree()).isEqualTo(yaml(original));
    assertThat(body).isEqualTo(yaml(patch));
    return after.tree();
  }

  private static ObjectNode yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
