package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine line = Main.commandLine().setErr(new PrintWriter(err));

  @ParameterizedTest
  @CsvSource({
    "sail, sail",
    "up --nodes many, --nodes",
    "up --runtime docker, --runtime",
    "up --frobnicate, --frobnicate",
    "up --load-balancer-hostnames Not_A_Name, --load-balancer-hostnames",
    "up --service-cluster-ip-range 10.112.0.0/20, --service-cluster-ip-range",
    "server --port 0, --port",
    "server --store etcd://localhost:2379, --store",
    "server --listen localhost, --listen",
    "server --advertise-address 127.0.0.1, --advertise-address"
  })
  void wrongUsage_isExitCode2_andNamesTheWord(String arguments, String named) {
    assertThat(line.execute(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "ssh", "logs", "server", "proxy", "dns"})
  void help_isThereForEveryCommand(String command) {
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: fairlead " + command);
  }

  @Test
  void version_exits0() {
    assertThat(line.execute("version")).isZero();
  }
}
