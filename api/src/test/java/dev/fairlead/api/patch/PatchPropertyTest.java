package dev.fairlead.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.codec.Trees;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws: the difference of two objects, applied to the first, gives the second. */
class PatchPropertyTest {

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void jsonPatchOfADifference(
      @ForAll("objects") ObjectNode one, @ForAll("objects") ObjectNode two) {
    ArrayNode operations = JsonNodeFactory.instance.arrayNode();
    difference("", one, two, operations);

    assertThat(JsonPatch.apply(one, operations)).isEqualTo(two);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void mergePatchOfADifference(
      @ForAll("objects") ObjectNode one, @ForAll("objects") ObjectNode two) {
    ObjectNode from = withoutNulls(one);
    ObjectNode to = withoutNulls(two);

    assertThat(MergePatch.apply(from, mergeDifference(from, to))).isEqualTo(to);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void mergePatchIsIdempotent(
      @ForAll("objects") ObjectNode one, @ForAll("objects") ObjectNode two) {
    ObjectNode once = MergePatch.apply(one, two);

    assertThat(MergePatch.apply(once, two)).isEqualTo(once);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void strategicMergeOfFinalizersIsAUnionThatKeepsTheServersOrder(
      @ForAll("names") List<String> server, @ForAll("names") List<String> client) {
    ObjectNode original = finalizers(server);

    List<String> merged = finalizers(strategic(original, finalizers(client)));

    assertThat(merged).doesNotHaveDuplicates().containsAll(server).containsAll(client);
    assertThat(merged.stream().filter(name -> !client.contains(name)).toList())
        .isEqualTo(server.stream().filter(name -> !client.contains(name)).toList());
    assertThat(merged.stream().filter(client::contains).toList()).isEqualTo(client);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void strategicMergeWithAnOrderObeysIt(
      @ForAll("names") List<String> server, @ForAll("names") List<String> order) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ArrayNode list = patch.putObject("metadata").putArray("$setElementOrder/finalizers");
    order.forEach(list::add);

    List<String> merged = finalizers(strategic(finalizers(server), patch));

    assertThat(merged).containsExactlyInAnyOrderElementsOf(server);
    assertThat(merged.stream().filter(order::contains).toList())
        .isEqualTo(order.stream().filter(server::contains).toList());
  }

  private static ObjectNode strategic(ObjectNode original, ObjectNode patch) {
    return Patches.apply(
            Kinds.POD, Document.of(original), new Patch(Patch.Type.STRATEGIC_MERGE, patch))
        .tree();
  }

  private static ObjectNode finalizers(List<String> names) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ArrayNode list = tree.putObject("metadata").putArray("finalizers");
    names.forEach(list::add);
    return tree;
  }

  private static List<String> finalizers(ObjectNode tree) {
    return tree.at("/metadata/finalizers").valueStream().map(JsonNode::asText).toList();
  }

  private static void difference(
      String path, ObjectNode one, ObjectNode two, ArrayNode operations) {
    one.fieldNames()
        .forEachRemaining(key -> {
          if (!two.has(key)) {
            operations.addObject().put("op", "remove").put("path", path + "/" + escaped(key));
          }
        });
    two.properties()
        .forEach(each -> {
          String inner = path + "/" + escaped(each.getKey());
          JsonNode before = one.get(each.getKey());
          if (before instanceof ObjectNode from && each.getValue() instanceof ObjectNode to) {
            difference(inner, from, to, operations);
          } else if (!each.getValue().equals(before)) {
            operations
                .addObject()
                .put("op", before == null ? "add" : "replace")
                .put("path", inner)
                .set("value", each.getValue());
          }
        });
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static ObjectNode mergeDifference(ObjectNode one, ObjectNode two) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    one.fieldNames()
        .forEachRemaining(key -> {
          if (!two.has(key)) {
            patch.putNull(key);
          }
        });
    two.properties()
        .forEach(each -> {
          JsonNode before = one.get(each.getKey());
          if (before instanceof ObjectNode from && each.getValue() instanceof ObjectNode to) {
            patch.set(each.getKey(), mergeDifference(from, to));
          } else if (!each.getValue().equals(before)) {
            patch.set(each.getKey(), each.getValue());
          }
        });
    return patch;
  }

  /** A merge patch cannot set a null, so objects that hold one are out of its reach. */
  private static ObjectNode withoutNulls(ObjectNode tree) {
    return MergePatch.apply(JsonNodeFactory.instance.objectNode(), tree);
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return Trees.objects();
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.of("a", "b", "c", "d", "e", "f", "g").list().uniqueElements().ofMaxSize(7);
  }
}
