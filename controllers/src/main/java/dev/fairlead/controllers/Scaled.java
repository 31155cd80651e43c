package dev.fairlead.controllers;

/** An {@code IntOrString} that is a number, or a percentage of something. */
public final class Scaled {
  private Scaled() {}

  /** Of {@code total}; a percentage is rounded up. */
  public static int up(String value, int total) {
    return percentage(value) ? (int) Math.ceilDiv(hundredths(value, total), 100L) : number(value);
  }

  /** Of {@code total}; a percentage is rounded down. */
  public static int down(String value, int total) {
    return percentage(value) ? (int) Math.floorDiv(hundredths(value, total), 100L) : number(value);
  }

  private static boolean percentage(String value) {
    return value.endsWith("%");
  }

  private static long hundredths(String value, int total) {
    return Long.parseLong(value.substring(0, value.length() - 1)) * total;
  }

  private static int number(String value) {
    return Integer.parseInt(value);
  }
}
