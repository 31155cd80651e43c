package dev.fairlead.kubelet.runtime;

import dev.fairlead.linux.Pty;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that leads its own session, on pipes or on a terminal. */
final class ProcessCommand implements RunningCommand {
  private static final Logger log = LoggerFactory.getLogger(ProcessCommand.class);

  private final Process process;
  private final @Nullable Pty terminal;

  ProcessCommand(Process process, @Nullable Pty terminal) {
    this.process = process;
    this.terminal = terminal;
  }

  @Override
  public OutputStream stdin() {
    return terminal == null ? process.getOutputStream() : terminal.out();
  }

  @Override
  public InputStream stdout() {
    return terminal == null ? process.getInputStream() : terminal.in();
  }

  @Override
  public InputStream stderr() {
    return terminal == null ? process.getErrorStream() : InputStream.nullInputStream();
  }

  @Override
  public void resize(int columns, int rows) {
    if (terminal != null) {
      try {
        terminal.resize(columns, rows);
      } catch (IOException e) {
        log.debug("{}", e.getMessage());
      }
    }
  }

  @Override
  public CompletableFuture<Integer> exit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  @Override
  public void close() {
    PumpedProcess.killGroup(process);
    if (terminal != null) {
      terminal.close();
    }
  }
}
