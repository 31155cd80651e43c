package dev.fairlead.apiserver.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DocumentTreePropertyTest {
  private static final KeyRange ALL = new KeyRange("", "~");

  @Property
  void behavesAsATreeMapAndNeverChanges(
      @ForAll @Size(max = 300) List<@IntRange(min = -60, max = 60) Integer> steps) {
    DocumentTree tree = DocumentTree.EMPTY;
    NavigableMap<String, Document> model = new TreeMap<>();
    for (int step : steps) {
      DocumentTree before = tree;
      List<Document> shownBefore = List.copyOf(model.values());
      String key = key(Math.abs(step));
      if (step >= 0) {
        Document document = Document.of(Json.object().put("step", step));
        tree = tree.with(key, document);
        model.put(key, document);
      } else {
        tree = tree.without(key);
        model.remove(key);
      }
      assertThat(tree.size()).isEqualTo(model.size());
      assertThat(tree.get(key)).isSameAs(model.get(key));
      assertThat(tree.isBalanced()).isTrue();
      assertThat(shown(before, ALL)).isEqualTo(shownBefore);
    }
    assertThat(shown(tree, ALL)).isEqualTo(List.copyOf(model.values()));
  }

  @Property
  void rangesAreWalkedAndCounted(
      @ForAll @Size(max = 100) List<@IntRange(min = 0, max = 99) Integer> keys,
      @ForAll @IntRange(min = 0, max = 100) int start,
      @ForAll @IntRange(min = 0, max = 100) int end) {
    DocumentTree tree = DocumentTree.EMPTY;
    NavigableMap<String, Document> model = new TreeMap<>();
    for (int each : keys) {
      Document document = Document.of(Json.object());
      tree = tree.with(key(each), document);
      model.put(key(each), document);
    }
    KeyRange range = new KeyRange(key(start), key(end));
    List<Document> expected =
        start < end ? List.copyOf(model.subMap(key(start), key(end)).values()) : List.of();
    assertThat(shown(tree, range)).isEqualTo(expected);
    assertThat(tree.count(range)).isEqualTo(expected.size());
  }

  @Property(tries = 5)
  void staysBalancedWhateverTheOrder(@ForAll @IntRange(min = 1, max = 5_000) int count) {
    DocumentTree up = DocumentTree.EMPTY;
    DocumentTree down = DocumentTree.EMPTY;
    Document document = Document.of(Json.object());
    for (int i = 0; i < count; i++) {
      up = up.with(key(i), document);
      down = down.with(key(count - i), document);
    }
    assertThat(up.isBalanced() && down.isBalanced()).isTrue();
    for (int i = 0; i < count / 2; i++) {
      up = up.without(key(i));
    }
    assertThat(up.isBalanced()).isTrue();
    assertThat(up.size()).isEqualTo(count - count / 2);
  }

  private static String key(int number) {
    return "%04d".formatted(number);
  }

  private static List<Document> shown(DocumentTree tree, KeyRange range) {
    List<Document> shown = new ArrayList<>();
    tree.walk(range).forEachRemaining(shown::add);
    return shown;
  }
}
