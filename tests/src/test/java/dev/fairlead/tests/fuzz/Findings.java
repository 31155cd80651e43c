package dev.fairlead.tests.fuzz;

/** What a fuzzer has found. */
final class Findings {
  private static final int SHOWN = 2000;

  private Findings() {}

  static void require(boolean holds, String what, Object about) {
    if (!holds) {
      String text = String.valueOf(about);
      throw new IllegalStateException(
          what + " is wrong: " + text.substring(0, Math.min(SHOWN, text.length())));
    }
  }
}
