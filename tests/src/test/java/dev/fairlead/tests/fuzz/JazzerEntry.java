package dev.fairlead.tests.fuzz;

/** Where Jazzer comes in. The target is named by the system property {@code fuzz.target}. */
public final class JazzerEntry {
  private static final FuzzTarget TARGET =
      FuzzTarget.valueOf(System.getProperty("fuzz.target", "JSON"));

  private JazzerEntry() {}

  /** Called once: classes and tables are loaded before the time of any input is measured. */
  public static void fuzzerInitialize() throws Exception {
    for (byte[] seed : TARGET.seeds()) {
      TARGET.run(seed);
    }
  }

  /** Called for every input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.run(input);
  }
}
