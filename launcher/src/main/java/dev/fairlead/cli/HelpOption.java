package dev.fairlead.cli;

import picocli.CommandLine.Option;

/** The option that every command of ours has. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  boolean requested;
}
