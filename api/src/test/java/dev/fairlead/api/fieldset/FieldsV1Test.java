package dev.fairlead.api.fieldset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsV1Test {

  @Test
  void readsEveryKindOfElement() {
    FieldSet set =
        read(
            """
            {"f:spec": {"f:replicas": {}, "f:ports": {
              "k:{\\"protocol\\":\\"TCP\\",\\"port\\":80}": {".": {}, "f:port": {}}}},
             "f:metadata": {"f:finalizers": {"v:\\"x\\"": {}}},
             "i:3": {}, "v:true": {}, "v:1.5": {}}
            """);

    assertThat(set.paths())
        .containsExactly(
            "[=1.5]",
            "[=true]",
            "[3]",
            ".metadata.finalizers[=\"x\"]",
            ".spec.replicas",
            ".spec.ports[port=80,protocol=\"TCP\"]",
            ".spec.ports[port=80,protocol=\"TCP\"].port");
  }

  @Test
  void writesKeysInTheOrderOfTheirElements() {
    FieldSetBuilder ports = new FieldSetBuilder();
    ports.add(port(8080));
    ports.add(port(80), true, FieldSet.of("port"));
    FieldSetBuilder all = new FieldSetBuilder();
    all.add(new PathElement.Name("spec"), false, FieldSet.of("b"));
    all.add(new PathElement.Name("ports"), false, ports.build());

    assertThat(Json.text(FieldsV1.write(all.build())))
        .isEqualTo(
            "{\"f:ports\":{\"k:{\\\"port\\\":80}\":{\"f:port\":{},\".\":{}},"
                + "\"k:{\\\"port\\\":8080}\":{}},\"f:spec\":{\"f:b\":{}}}");
  }

  @Test
  void leavesOutKindsOfALaterVersion() {
    assertThat(read("{\"x:new\": {}, \"f:a\": {\"y:b\": {}}}").paths()).containsExactly(".a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"f\": {}}",
        "{\"fa\": {}}",
        "{\"k:{\": {}}",
        "{\"k:[]\": {}}",
        "{\"k:{}\": {}}",
        "{\"v:\": {}}",
        "{\"v:1 2\": {}}",
        "{\"v:40E515\": {}}",
        "{\"k:{\\\"port\\\":40E515}\": {}}",
        "{\"i:x\": {}}",
        "{\"f:a\": 1}",
        "{\"f:a\": null}",
      })
  void refusesWhatIsMalformed(String json) {
    assertThatThrownBy(() -> read("{\"f:in\": " + json + "}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PathElement port(int number) {
    return new PathElement.Key(
        List.of(new PathElement.KeyField("port", Json.object().numberNode(number))));
  }

  private static FieldSet read(String json) {
    ObjectNode tree = Json.parse(json.getBytes(StandardCharsets.UTF_8));
    return FieldsV1.read(tree);
  }
}
