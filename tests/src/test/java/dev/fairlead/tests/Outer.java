package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A throw-away network namespace with nothing but a loopback link: whatever breaks, no packet of a
 * test leaves the machine. Held by a process that this object ends.
 */
final class Outer implements AutoCloseable {
  private static final Duration COMMAND_TIME_MAX = Duration.ofMinutes(3);

  private final Process holder;
  private final boolean owner;
  private final Map<String, String> environment = new HashMap<>();

  private Outer(Process holder, boolean owner) {
    this.holder = holder;
    this.owner = owner;
  }

  static Outer create() throws IOException {
    Process holder =
        new ProcessBuilder(
                "unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec sleep 7200")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] up = holder.getInputStream().readNBytes(3);
    assertThat(new String(up, StandardCharsets.US_ASCII)).isEqualTo("up\n");
    return new Outer(holder, true);
  }

  /** The same namespace with an environment of its own; closing it leaves the namespace. */
  Outer sharing() {
    return new Outer(holder, false);
  }

  /** Sets a variable for every command from now on. */
  void setEnvironment(String name, String value) {
    environment.put(name, value);
  }

  /** Runs a command inside and waits for it. */
  CommandResult run(String... command) {
    return runWithInput("", command);
  }

  /** Runs a command inside with this on its standard input. */
  CommandResult runWithInput(String input, String... command) {
    try {
      Process process = start(command);
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // the command ended without reading; its exit code tells
      }
      if (!process.waitFor(COMMAND_TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "no end after %s: %s".formatted(COMMAND_TIME_MAX, List.of(command)));
      }
      return new CommandResult(List.of(command), process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts a command inside; the caller ends it. */
  Process start(String... command) throws IOException {
    List<String> line =
        new ArrayList<>(List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net"));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The namespace's links, as {@code ip} names them. */
  List<String> links() {
    return run("ip", "-o", "link").lines();
  }

  /** Whether this process lives in the namespace. */
  boolean contains(ProcessHandle process) {
    try {
      Path ours = Path.of("/proc", String.valueOf(holder.pid()), "ns/net");
      Path theirs = Path.of("/proc", String.valueOf(process.pid()), "ns/net");
      return Files.readSymbolicLink(ours).equals(Files.readSymbolicLink(theirs));
    } catch (IOException e) {
      return false;
    }
  }

  long holderPid() {
    return holder.pid();
  }

  /** Reads a stream to its end, beside the caller. */
  static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  @Override
  public void close() {
    if (owner) {
      holder.destroyForcibly();
    }
  }
}
