package dev.fairlead.tests.fuzz;

/** Where Jazzer comes in. The target is named by the system property {@code fuzz.target}. */
public final class JazzerEntry {
  private static final FuzzTarget TARGET =
      FuzzTarget.valueOf(System.getProperty("fuzz.target", "JSON"));

  private JazzerEntry() {}

  /** Called for every input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.run(input);
  }
}
