package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How a command ended and what it printed. */
record CommandResult(List<String> command, int exitCode, String out, String err) {

  /** Fails the test unless the command ended with 0; returns what it printed. */
  String ok() {
    assertThat(exitCode).as("exit code of %s%n%s%n%s", command, out, err).isZero();
    return out;
  }

  /** Fails the test if the command ended with 0; returns what it said. */
  String refused() {
    assertThat(exitCode).as("exit code of %s%n%s", command, out).isNotZero();
    return err;
  }

  /** Standard output without surrounding blanks. */
  String text() {
    return ok().strip();
  }

  /** Standard output as lines. */
  List<String> lines() {
    return text().lines().toList();
  }
}
