package dev.fairlead.cli;

import dev.fairlead.host.StateDirectory;
import java.nio.file.Path;

/** The one place of the command line that reads the environment. */
final class Home {
  private Home() {}

  static StateDirectory state() {
    return StateDirectory.of(System.getenv(), user());
  }

  /** The user's home as the shell and kubectl see it, which the JVM does not ask for. */
  static Path user() {
    String home = System.getenv("HOME");
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home") : home);
  }

  /** The folder of the built program, given by the launcher script. */
  static Path dist() {
    String given = System.getenv("FAIRLEAD_DIST");
    return given != null ? Path.of(given) : ownJar().resolveSibling("..").normalize();
  }

  private static Path ownJar() {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
