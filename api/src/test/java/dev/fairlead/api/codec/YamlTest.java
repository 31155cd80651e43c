package dev.fairlead.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: yes|{\"a\":true}",
        "a: 'yes'|{\"a\":\"yes\"}",
        "a: !!str 12|{\"a\":\"12\"}",
        "a: 0777|{\"a\":511}",
        "a: 0x1F|{\"a\":31}",
        "a: 18446744073709551616|{\"a\":18446744073709551616}",
        "a: ~|{\"a\":null}",
        "a:|{\"a\":null}",
        "a: 1.50|{\"a\":1.5}",
        "a: 1.2.3|{\"a\":\"1.2.3\"}",
        "a: 2026-01-02|{\"a\":\"2026-01-02\"}",
        "8080: x|{\"8080\":\"x\"}",
        "true: x|{\"true\":\"x\"}",
        "{a: [1, {b: c}]}|{\"a\":[1,{\"b\":\"c\"}]}",
        "[&x {p: 1}, *x]|",
      })
  void plainScalarsMeanWhatTheyMeanUpstream(String yaml, String json) {
    if (json == null) {
      assertThatThrownBy(() -> Yaml.parse(bytes(yaml))).isInstanceOf(ApiException.class);
    } else {
      assertThat(Json.text(Yaml.parse(bytes(yaml)))).isEqualTo(json);
    }
  }

  @Test
  void anchorsAndMergeKeys() {
    String yaml = "base: &b {x: 1, z: 2}\none:\n  <<: *b\n  z: 3\n";

    assertThat(Json.text(Yaml.parse(bytes(yaml)).path("one"))).isEqualTo("{\"z\":3,\"x\":1}");
  }

  @Test
  void billionLaughsAreRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8), i - 1));
    }

    assertThatThrownBy(() -> Yaml.parse(bytes(yaml.toString())))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("excessive aliasing");
  }

  @Test
  void depthAndSyntaxAreChecked() {
    assertThatThrownBy(() -> Yaml.parse(bytes("[".repeat(50_000))))
        .hasMessageContaining("exceeded max depth");
    assertThatThrownBy(() -> Yaml.parse(bytes("a: b: c")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessageStartingWith("yaml: ");
    assertThatThrownBy(() -> Yaml.parse(bytes("a: 1\n---\na: 2\n")))
        .hasMessageContaining("single document");
    assertThatThrownBy(() -> Yaml.parse(bytes(""))).isInstanceOf(ApiException.class);
  }

  @Test
  void duplicatesAreReported() {
    assertThat(
            Yaml.read(bytes("spec:\n  a: 1\n  a: 2\n  1: x\n  1: z\nspec:\n  b: 1\n")).duplicates())
        .containsExactly(
            "line 3: key \"a\" already set in map",
            "line 5: key 1 already set in map",
            "line 7: key \"spec\" already set in map");
  }

  @Test
  void textIsWhatKubectlPrints() {
    String json =
        """
        {"kind":"Service","metadata":{"name":"x","labels":{}},"apiVersion":"v1","data":{"on":"yes",\
        "n":"12","e":"","multi":"a\\nb\\n","colon":"a: b","star":"*x"},"ports":[{"port":80,"name":"http"}],"l":[]}\
        """;

    assertThat(Yaml.text(Json.parse(bytes(json))))
        .isEqualTo(
            """
            apiVersion: v1
            data:
              colon: 'a: b'
              e: ""
              multi: |
                a
                b
              "n": "12"
              "on": "yes"
              star: '*x'
            kind: Service
            l: []
            metadata:
              labels: {}
              name: x
            ports:
            - name: http
              port: 80
            """);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
