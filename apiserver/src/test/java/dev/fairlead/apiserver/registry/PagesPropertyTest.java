package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.watch.Selection;
import dev.fairlead.apiserver.watch.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PagesPropertyTest {
  private static final Target ALL = Target.all(Kinds.CONFIG_MAP);

  @Property(tries = 30)
  void anyRevisionIsTheStores(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 4) int limit) {
    try (Bench bench = new Bench()) {
      List<String> there = new ArrayList<>();
      List<Long> revisions = write(bench, random, there);
      bench.registry.cache().awaitNewest();
      long revision = revisions.get(random.nextInt(revisions.size()));
      Snapshot then = Objects.requireNonNull(bench.registry.cache().at(Kinds.CONFIG_MAP, revision));
      String from = there.isEmpty() ? "" : "default/" + there.get(random.nextInt(there.size()));
      PageReader reader = new PageReader(ALL, Selection.of(ALL, "", ""), limit);
      assertThat(reader.read(ObjectsAt.of(then), from))
          .isEqualTo(reader.read(ObjectsAt.of(bench.store, revision), from));
    }
  }

  /** Creates and deletes, and tells the revision after each. */
  private static List<Long> write(Bench bench, Random random, List<String> there) {
    List<Long> revisions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (there.isEmpty() || random.nextInt(3) > 0) {
        String name = "m" + i;
        bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: %s}}".formatted(name));
        there.add(name);
      } else {
        String name = there.remove(random.nextInt(there.size()));
        bench.registry.delete(Target.object(Kinds.CONFIG_MAP, "default", name), DeleteOptions.NONE);
      }
      revisions.add(bench.store.revision());
    }
    return revisions;
  }
}
