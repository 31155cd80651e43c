package dev.fairlead.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSpanTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          {}                                        | -
          {"a":1}                                   | -
          {"m":1}                                   | 1
          {"m":-1.5e3,"a":2}                        | -1.5e3
          {"a":"m","m":"x"}                         | "x"
          {"a":{"m":1},"b":[{"m":2}],"m":{"m":3}}   | {"m":3}
          {"a":"}\\"","m":["}","]","\\\\"]}         | ["}","]","\\\\"]
          {"a":"\\\\","m":true}                     | true
          { "a" : [ 1 , 2 ] , "m" : { "x" : null } }| { "x" : null }
          {"a":null,"m":null}                       | null
          {"mm":1,"\\u006d":2}                      | -
          {"ü":"ü","m":"ü"}                         | "ü"
          []                                        | -
          """)
  void findsTheValue(String json, String value) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonSpan span = JsonSpan.find(bytes, "m");
    if (value == null) {
      assertThat(span).isNull();
    } else {
      assertThat(text(bytes, span)).isEqualTo(value);
      assertThat(new String(span.replaced(bytes, new byte[] {'7'}), StandardCharsets.UTF_8))
          .hasSize(json.length() - value.length() + 1)
          .contains("7");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"m":{}}       | true
          {"m":{ }}      | true
          {"m":[]}       | true
          {"m":{"a":1}}  | false
          {"m":[0]}      | false
          """,
      quoteCharacter = '`')
  void knowsWhatIsEmpty(String json, boolean empty) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonSpan span = JsonSpan.find(bytes, "m");
    assertThat(span).isNotNull();
    assertThat(span.isEmpty(bytes)).isEqualTo(empty);
  }

  @Property
  void findsWhatAParserFinds(
      @ForAll @Size(max = 6) Map<String, String> before,
      @ForAll @Size(max = 6) Map<String, String> inside,
      @ForAll @Size(max = 6) Map<String, String> after) {
    ObjectNode tree = Json.object();
    before.forEach(tree.putObject("before")::put);
    before.forEach((key, value) -> tree.put("b" + key, value));
    ObjectNode wanted = tree.putObject("metadata");
    inside.forEach(wanted::put);
    tree.putArray("after").addPOJO(null);
    after.forEach((key, value) -> tree.put("a" + key, value));
    byte[] bytes = Json.bytes(tree);
    JsonSpan span = JsonSpan.find(bytes, "metadata");
    assertThat(span).isNotNull();
    assertThat(Json.tree(text(bytes, span).getBytes(StandardCharsets.UTF_8))).isEqualTo(wanted);
    for (Map.Entry<String, String> each : inside.entrySet()) {
      if (each.getKey().matches("[a-z]+")) {
        assertThat(span.member(bytes, each.getKey())).isNotNull();
      }
    }
  }

  private static String text(byte[] bytes, JsonSpan span) {
    return new String(bytes, span.start(), span.end() - span.start(), StandardCharsets.UTF_8);
  }
}
