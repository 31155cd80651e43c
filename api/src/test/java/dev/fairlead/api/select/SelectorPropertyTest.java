package dev.fairlead.api.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SelectorPropertyTest {

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsPrintedParsesToTheSame(
      @ForAll("selectors") LabelSelector selector, @ForAll("labels") Map<String, String> labels) {
    LabelSelector back = LabelSelector.parse(selector.toString());

    assertThat(Set.copyOf(back.requirements())).isEqualTo(Set.copyOf(selector.requirements()));
    assertThat(back.matches(labels)).isEqualTo(selector.matches(labels));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aMapSelectsExactlyItsSupersets(
      @ForAll("labels") Map<String, String> wanted, @ForAll("labels") Map<String, String> labels) {
    assertThat(LabelSelector.ofMap(wanted).matches(labels))
        .isEqualTo(labels.entrySet().containsAll(wanted.entrySet()));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void everyTermHasItsOpposite(
      @ForAll("values") Set<String> values, @ForAll("labels") Map<String, String> labels) {
    Requirement in = new Requirement("a", Requirement.Operator.IN, values);
    Requirement notIn = new Requirement("a", Requirement.Operator.NOT_IN, values);

    assertThat(in.matches(labels)).isNotEqualTo(notIn.matches(labels));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void noQueryDoesWorseThanARefusal(@ForAll("queries") String query) {
    for (Runnable parse :
        List.<Runnable>of(
            () -> LabelSelector.parse(query), () -> FieldSelector.parse(Kinds.POD, query))) {
      try {
        parse.run();
      } catch (ApiException e) {
        assertThat(e.code()).isEqualTo(400);
      }
    }
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.strings().withChars("ab=!<>(), \\inotspec.1").ofMaxLength(12);
  }

  @Provide
  Arbitrary<Map<String, String>> labels() {
    return Arbitraries.maps(keys(), value()).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Set<String>> values() {
    return value().set().ofMinSize(1).ofMaxSize(3);
  }

  @Provide
  Arbitrary<LabelSelector> selectors() {
    Arbitrary<Requirement> sets =
        Combinators.combine(
                keys(),
                Arbitraries.of(Requirement.Operator.IN, Requirement.Operator.NOT_IN),
                values())
            .as(Requirement::new);
    Arbitrary<Requirement> presence =
        Combinators.combine(
                keys(),
                Arbitraries.of(Requirement.Operator.EXISTS, Requirement.Operator.NOT_EXISTS))
            .as((key, operator) -> new Requirement(key, operator, Set.of()));
    Arbitrary<Requirement> order =
        Combinators.combine(
                keys(),
                Arbitraries.of(Requirement.Operator.GREATER_THAN, Requirement.Operator.LESS_THAN),
                Arbitraries.integers().between(0, 20))
            .as((key, operator, bound) -> new Requirement(key, operator, Set.of("" + bound)));
    return Arbitraries.oneOf(sets, presence, order)
        .list()
        .ofMaxSize(4)
        .map(terms -> new LabelSelector(terms, false));
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.of("a", "b", "in", "notin", "example.com/x");
  }

  private static Arbitrary<String> value() {
    return Arbitraries.of("", "x", "y", "3", "17", "in", "a-b_c.d");
  }
}
