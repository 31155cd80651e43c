package dev.fairlead.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @Test
  void numbersStayExact() {
    String json = "{\"a\":9223372036854775807,\"b\":18446744073709551616,\"c\":1.5,\"d\":7}";

    assertThat(Json.text(Json.parse(bytes(json)))).isEqualTo(json);
  }

  @Test
  void duplicatesAreReportedAndTheLastValueWins() {
    Parsed<?> parsed = Json.read(bytes("{\"spec\":{\"x\":[{\"p\":1,\"p\":2}],\"y\":1,\"y\":1}}"));

    assertThat(parsed.tree().at("/spec/x/0/p").asInt()).isEqualTo(2);
    assertThat(parsed.duplicates())
        .containsExactly("duplicate field \"spec.x[0].p\"", "duplicate field \"spec.y\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|unexpected end of JSON input",
        "{|unexpected end of JSON input",
        "apiVersion: v1|invalid character 'a' looking for beginning of value",
        "{a:1}|invalid character 'a' looking for beginning of object key string",
        "{\"a\" 1}|invalid character '1' after object key",
        "{\"a\":1 \"b\"}|invalid character '\"' after object key:value pair",
        "{\"a\":1,}|invalid character '}' looking for beginning of object key string",
        "{\"a\":[1 2]}|invalid character '2' after array element",
        "{\"a\":tru}|invalid character '}' in literal true (expecting 'e')",
        "{\"a\":01}|invalid character '1' after object key:value pair",
        "{\"a\":1.}|invalid character '}' after decimal point in numeric literal",
        "{\"a\":1e}|invalid character '}' in exponent of numeric literal",
        "{\"a\":\"\\q\"}|invalid character 'q' in string escape code",
        "{} {}|invalid character '{' after top-level value",
        "{\"a\":1e999}|json: cannot unmarshal number 1e999 into Go value of type float64",
      })
  void syntaxErrorsAreWordedAsUpstream(String json, String why) {
    assertThatThrownBy(() -> Json.parse(bytes(json)))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessage("couldn't get version/kind; json parse error: " + why);
  }

  @Test
  void depthIsBounded() {
    String deep = "{\"a\":".repeat(100_000);

    assertThatThrownBy(() -> Json.parse(bytes(deep))).hasMessageContaining("exceeded max depth");
  }

  @Test
  void invalidUtf8AndOtherEncodingsAreRefused() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("invalid UTF-8");
    assertThatThrownBy(() -> Json.parse("{}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void halfASurrogatePairCannotReachTheEncoder() {
    String half = "\\u" + "d83d";

    assertThat(Json.bytes(Json.parse(bytes("{\"a\":\"" + half + "x\"}"))))
        .isEqualTo(bytes("{\"a\":\"\ufffdx\"}"));
    assertThatThrownBy(() -> Json.parse(bytes("{\"" + half + "x\":1}")))
        .isInstanceOf(ApiException.class)
        .hasMessageEndingWith("invalid Unicode escape in string literal");
  }

  @Test
  void onlyAnObjectIsAnObject() {
    assertThatThrownBy(() -> Json.parse(bytes("[]")))
        .hasMessageContaining("cannot unmarshal array");
  }

  @Test
  void unrecognizedShowsTheBeginningOfTheBody() {
    byte[] body = bytes("apiVersion: v1\nkind: PersistentVolume");
    ApiException error = ApiException.badRequest("why");

    assertThat(Json.unrecognized("Service", body, error).message())
        .isEqualTo(
            "the object provided is unrecognized (must be of type Service): why"
                + " (61706956657273696f6e3a2076310a6b696e643a2050657273697374656e ...)");
  }

  @Test
  void sameComparesNumbersByValue() {
    assertThat(Json.same(Json.object().put("a", 1L), Json.object().put("a", 1))).isTrue();
    assertThat(Json.same(Json.object().put("a", 1.0), Json.object().put("a", 1))).isTrue();
    assertThat(Json.same(Json.object().put("a", 1), Json.object().put("a", "1"))).isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
