package dev.fairlead.api.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldSelectorTest {
  private static final Document POD =
      Document.ofJson(
          """
          {"kind":"Pod","metadata":{"name":"a","namespace":"default"},
           "spec":{"nodeName":"node-1"},"status":{"phase":"Running"}}\
          """
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=a|true|metadata.name=a",
        "metadata.name==a|true|metadata.name=a",
        "metadata.name!=a|false|metadata.name!=a",
        "spec.nodeName=node-1,status.phase=Running|true|spec.nodeName=node-1,status.phase=Running",
        ",status.phase!=Failed,|true|status.phase!=Failed",
        "status.podIP=|true|status.podIP=",
        "spec.hostNetwork=false|true|spec.hostNetwork=false",
        "metadata.name=a\\,b\\=c\\\\|false|metadata.name=a\\,b\\=c\\\\",
      })
  void parsesMatchesAndPrints(String query, boolean matches, String printed) {
    FieldSelector selector = FieldSelector.parse(Kinds.POD, query);

    assertThat(selector.matches(POD)).isEqualTo(matches);
    assertThat(selector).hasToString(printed);
    assertThat(FieldSelector.parse(Kinds.POD, printed)).isEqualTo(selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x|invalid selector: 'x'; can't understand 'x'",
        "spec.foo=1|field label not supported: spec.foo",
        "metadata.name=a=b|invalid field selector: unescaped character in value: 61",
        "x,metadata.name=a,|invalid selector: 'x,metadata.name=a,'; can't understand 'x'",
        "y,b|invalid selector: 'y,b'; can't understand 'b'",
        "metadata.name=a\\b|invalid field selector: invalid escape sequence: \\b",
        "metadata.name=a\\|invalid field selector: invalid escape sequence: \\",
      })
  void refusesInUpstreamsWords(String query, String why) {
    assertThatThrownBy(() -> FieldSelector.parse(Kinds.POD, query))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessage(why);
  }

  @Test
  void typesWithoutFieldsOfTheirOwnNameWhatTheyKnow() {
    assertThatThrownBy(() -> FieldSelector.parse(Kinds.CONFIG_MAP, "data=x"))
        .hasMessage(
            "\"data\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    assertThat(FieldSelector.parse(Kinds.CONFIG_MAP, "").matches(POD)).isTrue();
  }

  @Test
  void nodesAreNotSelectedByANamespace() {
    assertThatThrownBy(() -> FieldSelector.parse(Kinds.NODE, "metadata.namespace=x"))
        .hasMessage("field label not supported: metadata.namespace");
    assertThat(FieldSelector.parse(Kinds.PRIORITY_CLASS, "metadata.namespace=x").matches(POD))
        .isFalse();
    assertThat(FieldSelector.parse(Kinds.SECRET, "metadata.namespace!=x").terms()).hasSize(1);
  }
}
