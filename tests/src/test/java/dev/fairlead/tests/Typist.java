package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.awaitility.core.ConditionTimeoutException;

/** Types a document's blocks into terminals and compares what they print with what is shown. */
final class Typist implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** These only look; what they show may take a moment to become right. */
  private static final Pattern LOOKING =
      Pattern.compile(
          "(kubectl (get|describe|logs|events|top|rollout (status|history))|./fairlead ssh|curl) .*",
          Pattern.DOTALL);

  private final String document;
  private final Outer outer;
  private final Path folder;
  private final Map<String, String> words;
  private final Transcript transcript = new Transcript();
  private final Map<Integer, Terminal> terminals = new HashMap<>();
  private final Map<Integer, StringBuilder> shown = new HashMap<>();

  /**
   * A typist who has typed nothing yet.
   *
   * @param document its name, for failures
   * @param folder where commands run and files are saved
   * @param words what stands for what in what the document shows: variables such as {@code $NS}
   */
  Typist(String document, Outer outer, Path folder, Map<String, String> words) {
    this.document = document;
    this.outer = outer;
    this.folder = folder;
    this.words = Map.copyOf(words);
  }

  /** Saves the block's file, and types its commands. */
  void type(Block block) throws IOException, InterruptedException {
    if (block.file() != null) {
      Files.writeString(folder.resolve(block.file()), block.content());
    }
    for (Step step : block.steps()) {
      run(block, shown(step));
    }
  }

  private Step shown(Step step) {
    return new Step(
        step.line(),
        step.command(),
        step.expected().stream().map(this::worded).toList(),
        step.interrupted());
  }

  private String worded(String line) {
    String worded = line;
    for (Map.Entry<String, String> word : words.entrySet()) {
      worded = worded.replace(word.getKey(), word.getValue());
    }
    return worded;
  }

  private void run(Block block, Step step) throws IOException, InterruptedException {
    Terminal terminal = terminal(block.terminal());
    boolean last = step.line() == block.steps().getLast().line();
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
  private void follow(int number, Terminal terminal, Step step)
      throws IOException, InterruptedException {
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

  private void until(Step step, Terminal terminal, Callable<Boolean> right) {
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

  private String told(Step step, Terminal terminal) {
    return "%s:%d: $ %s%nis shown to print%n%s%nand printed%n%s"
        .formatted(
            document,
            step.line(),
            step.command() == null ? "(running)" : step.command(),
            String.join("\n", step.expected()),
            terminal.printed());
  }

  private Terminal terminal(int number) throws IOException {
    Terminal terminal = terminals.get(number);
    if (terminal == null) {
      terminal = new Terminal(outer, folder.toString());
      terminals.put(number, terminal);
    }
    return terminal;
  }

  @Override
  public void close() {
    terminals.values().forEach(Terminal::close);
  }
}
