package dev.fairlead.cli;

import dev.fairlead.host.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code fairlead}. Exit codes: 0 done, 1 could not (one line says why), 2 wrong usage;
 * {@code ssh} and {@code kubectl} pass on the code of what they ran.
 */
@Command(
    name = "fairlead",
    description = "Kubernetes service discovery as one program.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      SshCommand.class,
      KubectlCommand.class,
      KubeconfigCommand.class,
      LogsCommand.class,
      VersionCommand.class,
      ServerCommand.class,
      ProxyCommand.class,
      DnsCommand.class,
      DaemonCommand.class,
      TrainingCommand.class
    },
    footer = {"", "To start: fairlead up", "Everything CI runs: fairlead test"})
public final class Main implements Runnable {
  /** All of its options are kubectl's, {@code --help} too. */
  private static final String KUBECTL = "kubectl";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine
        .getSubcommands()
        .forEach((name, subcommand) -> {
          if (!name.equals(KUBECTL)) {
            subcommand.addMixin("help", new HelpOption());
          }
        });
    return commandLine
        .setExecutionExceptionHandler(Main::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    commandLine().usage(System.out);
  }

  private static int explain(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    if (failure instanceof Failure known) {
      commandLine.getErr().println("fairlead: " + known.line());
      return known.exitCode();
    }
    String message = failure.getMessage();
    commandLine
        .getErr()
        .println(
            "fairlead: %s failed: %s"
                .formatted(
                    commandLine.getCommandName(),
                    message == null ? failure.getClass().getSimpleName() : message));
    return 1;
  }
}
