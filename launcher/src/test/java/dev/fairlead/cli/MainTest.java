package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine line = Main.commandLine().setErr(new PrintWriter(err));

  @ParameterizedTest
  @CsvSource({
    "sail, sail",
    "up --nodes many, --nodes",
    "up --runtime docker, --runtime",
    "up --frobnicate, --frobnicate"
  })
  void wrongUsage_isExitCode2_andNamesTheWord(String arguments, String named) {
    assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(named);
  }

  @Test
  void version_exits0() {
    assertThat(line.execute("version")).isZero();
  }
}
