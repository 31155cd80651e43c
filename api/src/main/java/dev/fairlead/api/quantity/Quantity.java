package dev.fairlead.api.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource, such as {@code 250m}, {@code 64Mi} or {@code 1e3} (upstream: {@code
 * resource.Quantity}). Immutable. Not finer than a billionth; what is finer is rounded away from
 * zero.
 *
 * <p>Two quantities are equal when their amounts are, whatever the suffix.
 */
public final class Quantity implements Comparable<Quantity> {
  /** What {@link #parse} says of text that is no quantity at all. */
  public static final String FORMAT_WRONG =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  private static final String SUFFIX_WRONG = "unable to parse quantity's suffix";
  private static final String NUMBER_WRONG = "unable to parse numeric part of quantity";
  private static final Pattern FORM =
      Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)");
  private static final int LENGTH_MAX = 256;

  /** What is written in its canonical form can be read again: no exponent grows past its bound. */
  private static final int DIGITS_MAX = Suffix.EXPONENT_MAX + 1;

  private static final int MILLI_SCALE = 3;
  private static final int NANO_SCALE = 9;
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /** How a quantity is written. */
  enum Format {
    DECIMAL_EXPONENT,
    BINARY_SI,
    DECIMAL_SI
  }

  /** Nothing. */
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  private final BigDecimal amount;
  private final Format format;

  private Quantity(BigDecimal amount, Format format) {
    this.amount = amount;
    this.format = format;
  }

  /** A whole number, written with decimal suffixes. */
  public static Quantity of(long amount) {
    return new Quantity(BigDecimal.valueOf(amount), Format.DECIMAL_SI);
  }

  /** A number of bytes, written with binary suffixes. */
  public static Quantity ofBytes(long bytes) {
    return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI);
  }

  /**
   * Parses any of upstream's forms.
   *
   * @throws IllegalArgumentException with upstream's wording
   */
  public static Quantity parse(String text) {
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || text.length() > LENGTH_MAX || !form.matches()) {
      throw new IllegalArgumentException(FORMAT_WRONG);
    }
    Suffix suffix = Suffix.parse(group(form, 4));
    if (suffix == null) {
      throw new IllegalArgumentException(SUFFIX_WRONG);
    }
    String digits = group(form, 2) + group(form, 3);
    if (digits.isEmpty()) {
      throw new IllegalArgumentException(group(form, 4).isEmpty() ? FORMAT_WRONG : NUMBER_WRONG);
    }
    BigDecimal number = new BigDecimal(new BigInteger(digits), group(form, 3).length());
    BigDecimal scaled = suffix.scale(number);
    if (scaled.precision() - (long) scaled.scale() > DIGITS_MAX) {
      throw new IllegalArgumentException(SUFFIX_WRONG);
    }
    BigDecimal amount = bounded(scaled, suffix.format());
    return new Quantity(form.group(1).equals("-") ? amount.negate() : amount, suffix.format());
  }

  private static BigDecimal bounded(BigDecimal amount, Format format) {
    BigDecimal rounded =
        amount.scale() > NANO_SCALE ? amount.setScale(NANO_SCALE, RoundingMode.UP) : amount;
    return format == Format.BINARY_SI ? rounded.min(MAX) : rounded;
  }

  private static String group(Matcher form, int group) {
    @Nullable String text = form.group(group);
    return text == null ? "" : text;
  }

  /** The exact amount. */
  public BigDecimal amount() {
    return amount;
  }

  /** The amount as a whole number, rounded away from zero; capped at what a long holds. */
  public long value() {
    return capped(amount.setScale(0, RoundingMode.UP));
  }

  /** A thousand times the amount as a whole number, rounded away from zero; capped likewise. */
  public long milliValue() {
    return capped(amount.movePointRight(3).setScale(0, RoundingMode.UP));
  }

  private static long capped(BigDecimal whole) {
    return whole.min(MAX).max(BigDecimal.valueOf(Long.MIN_VALUE)).longValueExact();
  }

  /** The same amount, or where it is finer the next thousandth away from zero. */
  public Quantity roundUpToMilli() {
    return amount.scale() <= MILLI_SCALE
        ? this
        : new Quantity(amount.setScale(MILLI_SCALE, RoundingMode.UP), format);
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  /** -1, 0 or 1. */
  public int sign() {
    return amount.signum();
  }

  /** The sum; written as this one, or as the other when this one is zero. */
  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
  }

  /** The difference; written as this one, or as the other when this one is zero. */
  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return amount.stripTrailingZeros().hashCode();
  }

  /** The canonical form: the largest suffix that leaves no fraction. */
  @Override
  public String toString() {
    if (isZero()) {
      return "0";
    }
    boolean small = amount.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    return format == Format.BINARY_SI && whole && !small
        ? binary(amount.toBigIntegerExact())
        : decimal(amount.stripTrailingZeros());
  }

  private static String binary(BigInteger amount) {
    int power = Math.min(amount.getLowestSetBit() / 10, Suffix.BINARY.size() - 1);
    return amount.shiftRight(10 * power) + Suffix.BINARY.get(power);
  }

  private String decimal(BigDecimal stripped) {
    int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
    boolean named = format != Format.DECIMAL_EXPONENT && exponent <= Suffix.DECIMAL_MAX;
    String number = stripped.movePointLeft(exponent).toPlainString();
    if (exponent == 0) {
      return number;
    }
    return number + (named ? Suffix.decimal(exponent) : "e" + exponent);
  }
}
