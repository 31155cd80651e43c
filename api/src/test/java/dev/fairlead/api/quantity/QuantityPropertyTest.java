package dev.fairlead.api.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuantityPropertyTest {

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void theCanonicalFormMeansTheSameAndSettles(@ForAll("texts") String text) {
    Quantity quantity = Quantity.parse(text);
    Quantity once = Quantity.parse(quantity.toString());
    Quantity twice = Quantity.parse(once.toString());

    assertThat(once).isEqualTo(quantity);
    // A part of a Ki is written without suffix, which on the next reading is a decimal number:
    // 47453.125Ki, 48592000, 48592k. Upstream does the same.
    assertThat(twice).isEqualTo(quantity);
    assertThat(twice).hasToString(once.toString());
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void addingAndTakingAwayIsNothing(@ForAll("texts") String one, @ForAll("texts") String other) {
    Quantity first = Quantity.parse(one);
    Quantity second = Quantity.parse(other);

    assertThat(first.plus(second).minus(second)).isEqualTo(first);
    assertThat(first.plus(second)).isEqualTo(second.plus(first));
    assertThat(first.compareTo(second)).isEqualTo(first.minus(second).sign());
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void noTextDoesWorseThanARefusal(@ForAll("noise") String text) {
    try {
      assertThat(Quantity.parse(text).amount().abs()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("quantit");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Combinators.combine(
            Arbitraries.of("", "-", "+"),
            Arbitraries.integers().between(0, 99_999),
            Arbitraries.of("", ".5", ".125", "."),
            Arbitraries.of("", "n", "u", "m", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "e3", "E-2"))
        .as((sign, whole, fraction, suffix) -> sign + whole + fraction + suffix);
  }

  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.strings().withChars("0123456789.+-eEinumkKMGTPx ").ofMaxLength(10);
  }
}
