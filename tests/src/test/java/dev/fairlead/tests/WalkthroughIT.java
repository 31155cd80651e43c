package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.tests.Walkthrough.Block;
import dev.fairlead.tests.Walkthrough.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/walkthrough.md}, typed from its first line to its last, as its reader would. */
final class WalkthroughIT {
  private static final Path DOCUMENT = Path.of("../docs/walkthrough.md").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** These only look; what they show may take a moment to become right. */
  private static final Pattern LOOKING =
      Pattern.compile(
          "(kubectl (get|describe|logs|rollout status)|./fairlead ssh|curl) .*", Pattern.DOTALL);

  private static LocalClusterFixture cluster;
  private static Path folder;
  private static final Map<Integer, Terminal> TERMINALS = new HashMap<>();
  private final Transcript transcript = new Transcript();
  private final Map<Integer, StringBuilder> shown = new HashMap<>();
  private boolean broken;

  @BeforeAll
  static void create() throws IOException {
    cluster = LocalClusterFixture.create();
    folder = Files.createDirectories(cluster.home.resolveSibling("walkthrough"));
    Files.createSymbolicLink(
        folder.resolve("fairlead"), DOCUMENT.resolve("../../fairlead").normalize());
  }

  @AfterAll
  static void close() throws IOException {
    TERMINALS.values().forEach(Terminal::close);
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> document() throws IOException {
    return Walkthrough.parse(Files.readAllLines(DOCUMENT)).blocks().stream()
        .map(block -> DynamicTest.dynamicTest("line " + block.line(), () -> tried(block)));
  }

  private void tried(Block block) throws Exception {
    assumeTrue(!broken, "an earlier block failed");
    broken = true;
    if (block.file() != null) {
      Files.writeString(folder.resolve(block.file()), block.content());
    }
    for (Step step : block.steps()) {
      run(block, step);
    }
    broken = false;
  }

  private void run(Block block, Step step) throws Exception {
    Terminal terminal = terminal(block.terminal());
    boolean last = step.equals(block.steps().getLast());
    if (block.terminal() > 1 && last) {
      follow(block.terminal(), terminal, step);
    } else if (LOOKING.matcher(step.command()).matches() && !step.expected().isEmpty()) {
      until(
          step,
          terminal,
          () -> {
            terminal.type(step.command());
            terminal.awaitEnd();
            return transcript.matches(step.expected(), terminal.printed(), false);
          });
    } else {
      terminal.type(step.command());
      int exitCode = terminal.awaitEnd();
      if (step.expected().isEmpty()) {
        assertThat(exitCode).as(told(step, terminal)).isZero();
      } else {
        assertThat(transcript.matches(step.expected(), terminal.printed(), false))
            .as(told(step, terminal))
            .isTrue();
      }
    }
  }

  /** A command that keeps running: all that was shown of it so far must have been printed. */
  private void follow(int number, Terminal terminal, Step step) throws Exception {
    if (step.command() != null) {
      shown.put(number, new StringBuilder());
      terminal.type(step.command());
    }
    StringBuilder soFar = shown.get(number);
    step.expected().forEach(line -> soFar.append(line).append('\n'));
    List<String> lines = soFar.toString().lines().toList();
    until(
        step,
        terminal,
        () -> {
          boolean ended = terminal.ended();
          boolean right = transcript.matches(lines, terminal.printed(), true);
          assertThat(right || !ended).as(told(step, terminal)).isTrue();
          return right;
        });
    if (step.interrupted()) {
      terminal.interrupt();
    }
  }

  private static void until(Step step, Terminal terminal, Callable<Boolean> right) {
    try {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(200))
          .until(right);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(told(step, terminal), e);
    }
  }

  private static String told(Step step, Terminal terminal) {
    return "docs/walkthrough.md:%d: $ %s%nis shown to print%n%s%nand printed%n%s"
        .formatted(
            step.line(),
            step.command() == null ? "(running)" : step.command(),
            String.join("\n", step.expected()),
            terminal.printed());
  }

  private static Terminal terminal(int number) throws IOException {
    Terminal terminal = TERMINALS.get(number);
    if (terminal == null) {
      terminal = new Terminal(cluster.outer, folder.toString());
      TERMINALS.put(number, terminal);
    }
    return terminal;
  }
}
