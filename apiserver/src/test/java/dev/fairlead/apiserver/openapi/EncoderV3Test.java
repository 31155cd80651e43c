package dev.fairlead.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EncoderV3Test {

  static Set<String> groups() {
    return OpenApiDocuments.groups().keySet();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void theWholeDocumentSurvives(String path) {
    OpenApiDocuments documents = new OpenApiDocuments(Schema.load());
    ObjectNode document = Json.parse(Json.bytes(documents.v3(OpenApiDocuments.groups().get(path))));
    assertThat(document.at("/components/schemas").size()).isGreaterThan(10);
    ObjectNode decoded = DecoderV3.document(ByteBuffer.wrap(EncoderV3.encode(document)));
    document
        .at("/components/schemas")
        .forEachEntry((name, type) ->
            assertThat(decoded.at("/components/schemas").path(name)).isEqualTo(type));
    assertThat(decoded).isEqualTo(document);
  }

  @Test
  void writesTheBytesThatTheNumbersOfTheProtoFileGive() {
    byte[] encoded =
        EncoderV3.encode(
            json(
                """
                {"openapi":"3.0.0","components":{"schemas":{"A":{"type":"string","enum":[""]}}}}
                """));
    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(
            "0a05332e302e30" // openapi
                + "2a1b" // components
                + "0a19" // schemas
                + "0a17" // one pair
                + "0a0141" // its name
                + "1212" // its value
                + "0a10" // a schema, not a reference
                + "ca0106737472696e67" // type
                + "c20104" // enum
                + "12022222"); // as YAML
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"servers\":[]} | not encodable: servers",
        "{\"components\":{\"schemas\":{\"A\":{\"default\":{}}}}} | not encodable: default {}",
        "{\"components\":{\"schemas\":{\"A\":{\"anyOf\":[]}}}} | not encodable: anyOf",
      })
  void aFieldWithoutANumberIsRefused(String document, String message) {
    assertThatThrownBy(() -> EncoderV3.encode(json(document))).hasMessage(message);
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
