package dev.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PersistentMapPropertyTest {
  /** A key whose hashes clash often. */
  record Key(int number) {
    @Override
    public int hashCode() {
      return number % 7;
    }
  }

  @Property
  void behavesAsAnyMapAndNeverChanges(
      @ForAll @Size(max = 200) List<@IntRange(min = -40, max = 40) Integer> steps) {
    PersistentMap<Key, Integer> map = PersistentMap.empty();
    Map<Key, Integer> model = new HashMap<>();
    for (int step : steps) {
      PersistentMap<Key, Integer> before = map;
      Map<Key, Integer> modelBefore = Map.copyOf(model);
      Key key = new Key(Math.abs(step));
      if (step >= 0) {
        map = map.with(key, step);
        model.put(key, step);
      } else {
        map = map.without(key);
        model.remove(key);
      }
      assertThat(map.size()).isEqualTo(model.size());
      assertThat(before.entrySet()).isEqualTo(modelBefore.entrySet());
    }
    assertThat((Map<Key, Integer>) map).isEqualTo(model);
  }

  @Property(tries = 20)
  void holdsMany(@ForAll @IntRange(min = 0, max = 20_000) int count) {
    PersistentMap<String, Integer> map = PersistentMap.empty();
    for (int i = 0; i < count; i++) {
      map = map.with("service-" + i, i);
    }
    assertThat(map).hasSize(count);
    for (int i = 0; i < count; i += 97) {
      assertThat(map.get("service-" + i)).isEqualTo(i);
    }
  }
}
