package dev.fairlead.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 7386, in data of our own. */
class MergePatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}|{'a':2}|{'a':2}",
        "{'a':1}|{'b':2}|{'a':1,'b':2}",
        "{'a':1}|{'a':null}|{}",
        "{'a':1,'b':2}|{'a':null}|{'b':2}",
        "{'a':1}|{'none':null}|{'a':1}",
        "{'a':[1]}|{'a':2}|{'a':2}",
        "{'a':1}|{'a':[1,null]}|{'a':[1,null]}",
        "{'a':{'b':1,'c':2}}|{'a':{'b':3,'c':null}}|{'a':{'b':3}}",
        "{'a':[{'b':1}]}|{'a':[{'c':2}]}|{'a':[{'c':2}]}",
        "{'a':1}|{'a':{'b':{'c':null,'d':1}}}|{'a':{'b':{'d':1}}}",
        "{}|{'a':{'b':null}}|{'a':{}}",
        "{'a':{'b':1}}|{'a':'x'}|{'a':'x'}",
        "{'a':null}|{'b':1}|{'a':null,'b':1}",
        "{'a':1}|{}|{'a':1}",
      })
  void applies(String original, String patch, String result) {
    ObjectNode target = tree(original);

    assertThat(MergePatch.apply(target, tree(patch))).isEqualTo(tree(result));
    assertThat(target).isEqualTo(tree(original));
  }

  @Test
  void whatStaysIsNotCopied() {
    ObjectNode target = tree("{'a':{'b':{'c':1}},'d':{'e':2}}");

    ObjectNode result = MergePatch.apply(target, tree("{'d':{'e':3}}"));

    assertThat(result.get("a")).isSameAs(target.get("a"));
  }

  private static ObjectNode tree(String json) {
    return Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
