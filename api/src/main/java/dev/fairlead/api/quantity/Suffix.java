package dev.fairlead.api.quantity;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows the number in a quantity.
 *
 * @param base 2 or 10
 * @param exponent of the base
 */
record Suffix(int base, int exponent, Quantity.Format format) {
  static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

  /** The exponent of the largest decimal suffix. */
  static final int DECIMAL_MAX = 18;

  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

  /** Upstream has no bound; such amounts mean nothing and cost much. */
  static final int EXPONENT_MAX = 1000;

  /** The suffix, or null for none that there is. */
  static @Nullable Suffix parse(String text) {
    int decimal = DECIMAL.indexOf(text);
    if (decimal >= 0) {
      return new Suffix(10, 3 * (decimal - 3), Quantity.Format.DECIMAL_SI);
    }
    int binary = BINARY.indexOf(text);
    if (binary >= 0) {
      return new Suffix(2, 10 * binary, Quantity.Format.BINARY_SI);
    }
    return text.matches("[eE][-+]?[0-9]{1,9}") ? exponent(text) : null;
  }

  private static @Nullable Suffix exponent(String text) {
    int exponent = Integer.parseInt(text.substring(1));
    return Math.abs(exponent) > EXPONENT_MAX
        ? null
        : new Suffix(10, exponent, Quantity.Format.DECIMAL_EXPONENT);
  }

  /** The suffix of this power of ten, which is a multiple of three. */
  static String decimal(int exponent) {
    return DECIMAL.get(exponent / 3 + 3);
  }

  BigDecimal scale(BigDecimal number) {
    return base == 10
        ? number.scaleByPowerOfTen(exponent)
        : number.multiply(BigDecimal.valueOf(1L << exponent));
  }
}
