package dev.fairlead.api.fieldset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of sets, and of their JSON form. */
class FieldSetPropertyTest {

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void roundTrip(@ForAll("sets") FieldSet set) {
    assertThat(FieldsV1.read(FieldsV1.write(set))).isEqualTo(set);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void operationsAreThoseOfThePaths(@ForAll("sets") FieldSet one, @ForAll("sets") FieldSet two) {
    List<String> left = one.paths();
    List<String> right = two.paths();

    assertThat(one.union(two).paths())
        .containsAll(left)
        .containsAll(right)
        .doesNotHaveDuplicates()
        .allMatch(path -> left.contains(path) || right.contains(path));
    assertThat(one.intersection(two).paths())
        .containsExactlyElementsOf(left.stream().filter(right::contains).toList());
    assertThat(one.difference(two).paths())
        .containsExactlyElementsOf(left.stream().filter(path -> !right.contains(path)).toList());
    assertThat(one.differenceWithChildren(two).paths())
        .containsExactlyElementsOf(
            left.stream()
                .filter(path -> right.stream().noneMatch(above -> isAtOrBelow(path, above)))
                .toList());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void equalMeansTheSameMembers(@ForAll("sets") FieldSet one, @ForAll("sets") FieldSet two) {
    assertThat(one.equals(two)).isEqualTo(one.paths().equals(two.paths()));
    assertThat(one.union(two)).isEqualTo(two.union(one)).hasSameHashCodeAs(two.union(one));
    assertThat(one.difference(two).union(one.intersection(two))).isEqualTo(one);
    assertThat(one.difference(one)).isEqualTo(FieldSet.EMPTY);
  }

  private static boolean isAtOrBelow(String path, String above) {
    return path.equals(above)
        || (path.startsWith(above) && ".[".indexOf(path.charAt(above.length())) >= 0);
  }

  @Provide
  Arbitrary<FieldSet> sets() {
    return level(3);
  }

  private static Arbitrary<FieldSet> level(int depth) {
    if (depth == 0) {
      return Arbitraries.just(FieldSet.EMPTY);
    }
    return Arbitraries.lazy(() -> entry(depth))
        .list()
        .ofMaxSize(4)
        .map(entries -> {
          FieldSetBuilder builder = new FieldSetBuilder();
          entries.forEach(each -> builder.add(each.element(), each.member(), each.children()));
          return builder.build();
        });
  }

  private static Arbitrary<FieldSet.Entry> entry(int depth) {
    return Combinators.combine(elements(), Arbitraries.of(true, false), level(depth - 1))
        .as(FieldSet.Entry::new);
  }

  private static Arbitrary<PathElement> elements() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    Arbitrary<JsonNode> values =
        Arbitraries.of(
            nodes.textNode("a"),
            nodes.textNode("\""),
            nodes.numberNode(1),
            nodes.booleanNode(true));
    return Arbitraries.oneOf(
        Arbitraries.of("a", "b", "c").map(PathElement.Name::new),
        values.map(PathElement.Value::new),
        values.map(value -> new PathElement.Key(List.of(new PathElement.KeyField("name", value)))),
        Arbitraries.of(0, 1).map(PathElement.Index::new));
  }
}
