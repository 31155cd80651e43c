package dev.fairlead.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectCacheTest {
  private static final ObjectKey KEY = new ObjectKey("d", "a");

  private static Document object(String label) {
    String yaml = "{metadata: {name: a, namespace: d, labels: {l: %s}}}".formatted(label);
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whoFindsAnObjectByItsKeyFindsItByItsIndexesToo() {
    ObjectCache cache = new ObjectCache();
    List<Boolean> early = new ArrayList<>();
    cache.addIndex(
        "label",
        each -> {
          // Whatever is put into the index at this moment is not yet found by its key.
          early.add(each.equals(cache.get(KEY)) && cache.byIndex("label", "two").isEmpty());
          return List.of(String.valueOf(each.meta().labels().get("l")));
        });
    var _ = cache.put(KEY, object("one"));
    assertThat(early).containsExactly(false);
    early.clear();
    Document second = object("two");
    var _ = cache.put(KEY, second);
    assertThat(cache.byIndex("label", "two")).containsExactly(second);
    assertThat(cache.byIndex("label", "one")).isEmpty();
    assertThat(cache.get(KEY)).isSameAs(second);
    assertThat(early.getLast()).as("the new object when it was indexed").isFalse();
    assertThat(cache.put(KEY, null)).isSameAs(second);
    assertThat(cache.byIndex("label", "two")).isEmpty();
    assertThat(cache.get(KEY)).isNull();
  }
}
