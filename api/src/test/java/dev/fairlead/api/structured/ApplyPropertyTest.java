package dev.fairlead.api.structured;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import dev.fairlead.api.schema.Schema;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of applying, over small Deployments. */
class ApplyPropertyTest {
  private static final Structure STRUCTURE =
      new Structures(Schema.load()).of(Schema.load().of(Kinds.DEPLOYMENT));

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void applyingTwiceIsApplyingOnce(
      @ForAll("objects") ObjectNode live, @ForAll("objects") ObjectNode config) {
    Story story = new Story(Kinds.DEPLOYMENT).update("hand", text(live)).force("one", text(config));
    ObjectNode object = story.object.deepCopy();
    var managed = story.managed.write();

    story.apply("one", text(config));

    assertThat(story.object).isEqualTo(object);
    assertThat(story.managed.write()).isEqualTo(managed);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatWasAppliedIsThere(
      @ForAll("objects") ObjectNode live, @ForAll("objects") ObjectNode config) {
    Story story = new Story(Kinds.DEPLOYMENT).update("hand", text(live)).force("one", text(config));

    FieldSet applied = Sets.of(STRUCTURE, config);
    assertThat(applied.difference(Sets.of(STRUCTURE, story.object))).isEqualTo(FieldSet.EMPTY);
    assertThat(Comparer.compare(STRUCTURE, config, story.object).modified().intersection(applied))
        .isEqualTo(FieldSet.EMPTY);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whatNobodyAppliesAnyMoreGoes(
      @ForAll("objects") ObjectNode one, @ForAll("objects") ObjectNode two) {
    Story story = new Story(Kinds.DEPLOYMENT).apply("one", text(one)).force("one", text(two));

    assertThat(Sets.of(STRUCTURE, story.content())).isEqualTo(Sets.of(STRUCTURE, two));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void nobodyManagesWhatIsNotThere(
      @ForAll("objects") ObjectNode one,
      @ForAll("objects") ObjectNode two,
      @ForAll("objects") ObjectNode three) {
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .apply("one", text(one))
            .force("two", text(two))
            .force("one", text(three));
    FieldSet there = Sets.withStructs(STRUCTURE, Sets.of(STRUCTURE, story.object));

    assertThat(story.managed.all().difference(there)).isEqualTo(FieldSet.EMPTY);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aComparisonIsWhatTurnsOneIntoTheOther(
      @ForAll("objects") ObjectNode one, @ForAll("objects") ObjectNode two) {
    Comparison there = Comparer.compare(STRUCTURE, one, two);
    Comparison back = Comparer.compare(STRUCTURE, two, one);

    assertThat(there.added()).isEqualTo(back.removed());
    assertThat(there.modified()).isEqualTo(back.modified());
    assertThat(there.removed()).isEqualTo(back.added());
    assertThat(Comparer.compare(STRUCTURE, one, one).isSame()).isTrue();
  }

  private static String text(ObjectNode object) {
    return Json.text(object);
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return Combinators.combine(map(), set(), ports(), Arbitraries.of(0, 1, 2))
        .as((labels, finalizers, containers, replicas) -> {
          ObjectNode object = Json.object();
          ObjectNode metadata = object.putObject("metadata").put("name", "d");
          metadata.set("labels", labels);
          metadata.set("finalizers", finalizers);
          ObjectNode spec = object.putObject("spec");
          if (replicas > 0) {
            spec.put("replicas", replicas);
          }
          ObjectNode template = spec.putObject("template");
          template.putObject("metadata").put("name", "t");
          template.putObject("spec").set("containers", containers);
          return object;
        });
  }

  private static Arbitrary<ObjectNode> map() {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.of("1", "2"))
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(ApplyPropertyTest::object);
  }

  private static ObjectNode object(Map<String, String> texts) {
    ObjectNode object = Json.object();
    texts.forEach(object::put);
    return object;
  }

  private static Arbitrary<ArrayNode> set() {
    return names(1)
        .map(names -> {
          ArrayNode list = Json.object().putArray("l");
          names.forEach(list::add);
          return list;
        });
  }

  private static Arbitrary<ArrayNode> ports() {
    return Combinators.combine(names(1), Arbitraries.of("x", "z"))
        .as((names, image) -> {
          ArrayNode list = Json.object().putArray("l");
          names.forEach(name -> list.addObject().put("name", name).put("image", image));
          return list;
        });
  }

  private static Arbitrary<List<String>> names(int least) {
    return Arbitraries.of("a", "b", "c", "d").list().uniqueElements().ofMinSize(least).ofMaxSize(4);
  }
}
