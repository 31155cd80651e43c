package dev.fairlead.api.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "alpaca", "tier", "web", "ver", "3", "empty", "", "example.com/x", "y");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=alpaca|true|app=alpaca",
        "app==alpaca|true|app=alpaca",
        "app = alpaca , tier=web|true|app=alpaca,tier=web",
        "app=bandicoot|false|app=bandicoot",
        "app!=bandicoot|true|app!=bandicoot",
        "none!=x|true|none!=x",
        "app in (alpaca,bandicoot)|true|app in (alpaca,bandicoot)",
        "app in ( bandicoot , alpaca )|true|app in (alpaca,bandicoot)",
        "app in (alpaca)|true|app=alpaca",
        "app notin (alpaca)|false|app!=alpaca",
        "none notin (a,b)|true|none notin (a,b)",
        "app|true|app",
        "!app|false|!app",
        "! none|true|!none",
        "empty=|true|empty=",
        "empty=,app|true|app,empty=",
        "empty in ()|true|empty=",
        "empty in (,a)|true|empty in (,a)",
        "in in (in,notin)|false|in in (in,notin)",
        "ver>2|true|ver>2",
        "ver<2|false|ver<2",
        "app>2|false|app>2",
        "example.com/x=y|true|example.com/x=y",
      })
  void parsesMatchesAndPrints(String query, boolean matches, String printed) {
    LabelSelector selector = LabelSelector.parse(query);

    assertThat(selector.matches(LABELS)).isEqualTo(matches);
    assertThat(selector).hasToString(printed);
    assertThat(LabelSelector.parse(printed)).hasToString(printed);
  }

  @Test
  void emptySelectsEverything() {
    assertThat(LabelSelector.parse(" \t").matches(Map.of())).isTrue();
    assertThat(LabelSelector.EVERYTHING).hasToString("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "=a|found '=', expected: !, identifier, or 'end of string'",
        ",|found ',', expected: !, identifier, or 'end of string'",
        "a,|found '', expected: identifier after ','",
        "a,,b|found ',', expected: identifier after ','",
        "a b|unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a in b|unable to parse requirement: found 'b' expected: '('",
        "a in (b c)|unable to parse requirement: found 'c', expected: ',' or ')'",
        "a in (|unable to parse requirement: found '', expected: ',', ')' or identifier",
        "a in (=|unable to parse requirement: found '=', expected: ',', ')' or identifier",
        "a in (,=|unable to parse requirement: found '=', expected: ',', or identifier",
        "a in (b|unable to parse requirement: found '', expected: ',' or ')'",
        "a=b c|found 'c', expected: ',' or 'end of string'",
        "a==(|unable to parse requirement: found '(', expected: identifier",
        "!|unable to parse requirement: found '', expected: identifier",
        "a>x|unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
      })
  void refusesInUpstreamsWords(String query, String why) {
    assertThatThrownBy(() -> LabelSelector.parse(query))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400))
        .hasMessage(why);
  }

  @Test
  void keysAndValuesFollowTheLabelSyntax() {
    assertThatThrownBy(() -> LabelSelector.parse("a=@"))
        .hasMessageStartingWith(
            "unable to parse requirement: values[0][a]: Invalid value: \"@\": a valid label must be"
                + " an empty string or consist of alphanumeric characters");
    assertThatThrownBy(() -> LabelSelector.parse("-a=b"))
        .hasMessageStartingWith(
            "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of");
    assertThatThrownBy(() -> LabelSelector.parse("a=" + "x".repeat(64)))
        .hasMessageContaining("must be no more than 63 bytes");
    assertThatThrownBy(() -> LabelSelector.parse("a/b/c"))
        .hasMessageContaining("with an optional DNS subdomain prefix");
    assertThatThrownBy(() -> LabelSelector.parse("UP/c"))
        .hasMessageContaining("prefix part a lowercase RFC 1123 subdomain must consist of");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|true",
        "{'matchLabels':{'app':'alpaca'}}|true",
        "{'matchLabels':{'app':'x'}}|false",
        "{'matchExpressions':[{'key':'app','operator':'In','values':['x','alpaca']}]}|true",
        "{'matchExpressions':[{'key':'app','operator':'NotIn','values':['alpaca']}]}|false",
        "{'matchExpressions':[{'key':'app','operator':'Exists'}]}|true",
        "{'matchExpressions':[{'key':'app','operator':'DoesNotExist'}]}|false",
        "{'matchExpressions':[{'key':'app','operator':'Spam'}]}|false",
        "{'matchExpressions':[{'key':'app','operator':'NotIn','values':[]}]}|false",
      })
  void readsTheObjectForm(String json, boolean matches) {
    var tree = Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

    assertThat(LabelSelector.ofTree(tree).matches(LABELS)).isEqualTo(matches);
  }

  @Test
  void aMissingObjectSelectsNothingAndAnEmptyMapEverything() {
    assertThat(LabelSelector.ofTree(Json.object().path("none")).matches(LABELS)).isFalse();
    assertThat(LabelSelector.ofMap(Map.of()).matches(LABELS)).isTrue();
  }
}
