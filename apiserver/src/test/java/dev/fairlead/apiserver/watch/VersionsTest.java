package dev.fairlead.apiserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resource version is put into bytes exactly where it is put into a tree. */
class VersionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kind":"A","metadata":{"name":"a"},"spec":{"metadata":{"b":1}}}
          {"spec":{"metadata":{"b":1},"x":"\\"}{"},"metadata":{"name":"a","labels":{"resourceVersion":"no"}}}
          {"metadata":{}}
          {"metadata":{"resourceVersion":"3","name":"a"},"z":1}
          {"metadata":{"name":"a","resourceVersion":"3"}}
          {"metadata":null,"kind":"A"}
          {"kind":"A"}
          {}
          """)
  void bytesAndTreeSayTheSame(String stored) {
    byte[] value = stored.getBytes(StandardCharsets.UTF_8);
    Document read = Versions.document(value, 1234567);
    assertThat(read.meta().resourceVersion()).isEqualTo("1234567");
    assertThat(read.json()).isEqualTo(Json.bytes(read.tree()));
    Document written = Versions.at(Json.tree(value), value, 1234567);
    assertThat(written.json()).isEqualTo(Json.bytes(written.tree()));
    assertThat(written).isEqualTo(read);
    Document partial = read.metadataOnly();
    assertThat(partial.json()).isEqualTo(Json.bytes(partial.tree()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { "metadata" : { } , "a" : 1 }
          { "a" : [ ] , "metadata" : { "name" : "a" } }
          """)
  void whatOthersHaveWrittenNeedNotBeCompact(String stored) {
    byte[] value = stored.getBytes(StandardCharsets.UTF_8);
    Document read = Versions.document(value, 7);
    assertThat(Json.tree(read.json())).isEqualTo(read.tree());
    assertThat(read.meta().resourceVersion()).isEqualTo("7");
  }
}
