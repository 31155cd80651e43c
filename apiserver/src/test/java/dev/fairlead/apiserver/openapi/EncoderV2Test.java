package dev.fairlead.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EncoderV2Test {

  @Test
  void writesTheBytesThatTheNumbersOfTheProtoFileGive() {
    byte[] encoded = EncoderV2.encode(json("{\"swagger\":\"2.0\",\"info\":{\"title\":\"K\"}}"));
    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("0a03322e30" + "1203" + "0a014b");
  }

  @Test
  void theWholeDocumentSurvives() {
    ObjectNode document = Json.parse(Json.bytes(new OpenApiDocuments(Schema.load()).v2()));
    assertThat(document.path("definitions").size()).isGreaterThan(100);
    byte[] encoded = EncoderV2.encode(document);
    ObjectNode decoded = DecoderV2.document(ByteBuffer.wrap(encoded));
    document
        .path("definitions")
        .forEachEntry(
            (name, type) -> assertThat(decoded.at("/definitions").path(name)).isEqualTo(type));
    assertThat(decoded).isEqualTo(document);
  }

  @Test
  void longTextsSurvive() {
    ObjectNode document = json("{\"definitions\":{\"A\":{\"type\":\"object\",\"properties\":{}}}}");
    document.withObject("/definitions/A").put("description", "ä".repeat(100_000));
    byte[] encoded = EncoderV2.encode(document);
    assertThat(DecoderV2.document(ByteBuffer.wrap(encoded))).isEqualTo(document);
  }

  @Test
  void aFieldWithoutANumberIsRefused() {
    assertThatThrownBy(() -> EncoderV2.encode(json("{\"basePath\":\"/\"}")))
        .hasMessage("not encodable: basePath");
  }

  @Test
  void aPackedDocumentUnpacks() throws IOException {
    byte[] plain = "some text".getBytes(StandardCharsets.UTF_8);
    PackedDocument packed = PackedDocument.of(plain);
    assertThat(packed.plain()).isEqualTo(plain);
    assertThat(packed.tag()).hasSize(130).startsWith("\"").endsWith("\"");
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
