package dev.fairlead.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecPropertyTest {

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void jsonRoundTrip(@ForAll("objects") ObjectNode tree) {
    assertThat(Json.parse(Json.bytes(tree))).isEqualTo(tree);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void yamlRoundTrip(@ForAll("objects") ObjectNode tree) {
    String text = Yaml.text(tree);

    ObjectNode back = Yaml.parse(text.getBytes(StandardCharsets.UTF_8));

    assertThat(Json.same(back, tree)).as("%s%n%s%n%s", tree, text, back).isTrue();
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void noBytesDoWorseThanARefusal(@ForAll byte[] bytes) {
    refusedOrRead(bytes);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void brokenJsonDoesNoWorseThanARefusal(
      @ForAll("objects") ObjectNode tree, @ForAll int place, @ForAll byte wrong) {
    byte[] bytes = Json.bytes(tree);
    bytes[Math.floorMod(place, bytes.length)] = wrong;

    refusedOrRead(bytes);
  }

  private static void refusedOrRead(byte[] bytes) {
    try {
      assertThat(Json.parse(bytes)).isNotNull();
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(400);
    }
    try {
      assertThat(Yaml.parse(bytes)).isNotNull();
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(400);
    }
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return Trees.objects();
  }
}
