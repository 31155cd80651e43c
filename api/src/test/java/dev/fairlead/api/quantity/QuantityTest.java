package dev.fairlead.api.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0Ki,0",
    "1,1",
    "+5,5",
    "-5,-5",
    "100m,100m",
    "1000m,1",
    "0.1,100m",
    ".5,500m",
    "5.,5",
    "1.5Gi,1536Mi",
    "1024Mi,1Gi",
    "1000Mi,1000Mi",
    "1023,1023",
    "1Ki,1Ki",
    "512Ki,512Ki",
    "0.5Mi,512Ki",
    "0.5Ki,512",
    "1000k,1M",
    "1500,1500",
    "12000,12k",
    "1e3,1e3",
    "12E2,1200",
    "1E,1E",
    "1000E,1e21",
    "1e-3,1e-3",
    "0.0000000001,1n",
    "1n,1n",
    "1e1000,10e999",
    "0e1000,0",
    "9Ei,9223372036854775807",
    "100000000000000000000Ei,9223372036854775807",
  })
  void canonicalForm(String text, String canonical) {
    assertThat(Quantity.parse(text)).hasToString(canonical);
    assertThat(Quantity.parse(canonical)).isEqualTo(Quantity.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "1 Gi", "1.1.1", "1,5", "0x10", "1Gi "})
  void malformed(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).hasMessage(Quantity.FORMAT_WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--1",
        "1i",
        "1kk",
        "1K",
        "1mi",
        "1e",
        "1e99999999999",
        "1GiGi",
        "1000E1000",
        "10e1000"
      })
  void badSuffix(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).hasMessage("unable to parse quantity's suffix");
  }

  @Test
  void arithmeticAndComparison() {
    assertThat(Quantity.parse("1Gi").plus(Quantity.parse("1"))).hasToString("1073741825");
    assertThat(Quantity.ZERO.plus(Quantity.parse("1Gi"))).hasToString("1Gi");
    assertThat(Quantity.parse("1").minus(Quantity.parse("250m"))).hasToString("750m");
    assertThat(Quantity.parse("1k"))
        .isEqualTo(Quantity.parse("1e3"))
        .isLessThan(Quantity.parse("1Ki"));
    assertThat(Quantity.parse("1k")).hasSameHashCodeAs(Quantity.parse("1e3"));
    assertThat(Quantity.parse("1500m").value()).isEqualTo(2);
    assertThat(Quantity.parse("1500m").milliValue()).isEqualTo(1500);
    assertThat(Quantity.parse("1e900").value()).isEqualTo(Long.MAX_VALUE);
    assertThat(Quantity.parse("64Mi").amount()).isEqualByComparingTo(BigDecimal.valueOf(67108864));
  }
}
