package dev.fairlead.kubelet.streaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.http.stream.ByteStream;
import dev.fairlead.kubelet.runtime.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies between a command and its client's streams. The command's side needs platform threads. */
final class CommandPumps {
  private static final Logger log = LoggerFactory.getLogger(CommandPumps.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long STACK_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final long ROUND_MILLIS = 100;
  private static final int SILENT_ROUNDS_MAX = 10;

  private final RunningCommand command;
  private final Map<String, ByteStream> streams;

  /** Copies what a command prints; knows whether it waits for the command or for the client. */
  private static final class Output {
    final CompletableFuture<Void> done = new CompletableFuture<>();
    final AtomicLong copied = new AtomicLong();
    volatile boolean reading;

    void copy(InputStream in, OutputStream out) {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        while (true) {
          reading = true;
          int count = in.read(buffer);
          reading = false;
          if (count < 0) {
            return;
          }
          copied.addAndGet(count);
          out.write(buffer, 0, count);
        }
      } catch (IOException e) {
        log.debug("output ends: {}", e.getMessage());
      } finally {
        done.complete(null);
      }
    }
  }

  CommandPumps(RunningCommand command, Map<String, ByteStream> streams) {
    this.command = command;
    this.streams = streams;
  }

  /** Copies until the command has ended and all that it printed is out; returns its exit code. */
  int run() throws IOException, InterruptedException {
    Stream.of("stdin", "resize").forEach(this::input);
    List<Output> outputs =
        Stream.of(
                output("stdout", command.stdout(), streams.get("stdout")),
                output("stderr", command.stderr(), streams.get("stderr")))
            .toList();
    try {
      int code = command.exit().get();
      for (Output each : outputs) {
        drain(each);
      }
      for (String name : List.of("stdout", "stderr")) {
        ByteStream stream = streams.get(name);
        if (stream != null) {
          stream.out().close();
        }
      }
      return code;
    } catch (ExecutionException e) {
      throw new IOException("waiting for the command failed", e.getCause());
    }
  }

  /** A descendant may keep the output open: it is waited for only as long as it prints. */
  private static void drain(Output output) throws InterruptedException, ExecutionException {
    long before = -1;
    int silent = 0;
    while (silent < SILENT_ROUNDS_MAX) {
      try {
        output.done.get(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        boolean idle = output.reading && output.copied.get() == before;
        silent = idle ? silent + 1 : 0;
        before = output.copied.get();
      }
    }
  }

  private static Output output(String name, InputStream in, @Nullable ByteStream stream) {
    Output output = new Output();
    OutputStream out = stream == null ? OutputStream.nullOutputStream() : stream.out();
    thread("exec-" + name, () -> output.copy(in, out));
    return output;
  }

  private void input(String name) {
    ByteStream stream = streams.get(name);
    if (stream != null) {
      thread("exec-" + name, name.equals("stdin") ? () -> stdin(stream) : () -> resize(stream));
    }
  }

  private void stdin(ByteStream stream) {
    try (InputStream in = stream.in();
        OutputStream out = command.stdin()) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      log.debug("input ends: {}", e.getMessage());
    }
  }

  private void resize(ByteStream stream) {
    try (InputStream in = stream.in();
        MappingIterator<JsonNode> sizes = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (sizes.hasNextValue()) {
        JsonNode size = sizes.nextValue();
        command.resize(size.path("Width").asInt(), size.path("Height").asInt());
      }
    } catch (IOException e) {
      log.debug("sizes end: {}", e.getMessage());
    }
  }

  private static void thread(String name, Runnable code) {
    Thread.ofPlatform().daemon().stackSize(STACK_BYTES).name(name).start(code);
  }
}
