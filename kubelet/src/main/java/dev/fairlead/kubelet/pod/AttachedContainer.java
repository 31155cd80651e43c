package dev.fairlead.kubelet.pod;

import dev.fairlead.api.view.Container;
import dev.fairlead.http.stream.StreamInput;
import dev.fairlead.kubelet.runtime.ContainerConsole;
import dev.fairlead.kubelet.runtime.ContainerProcess;
import dev.fairlead.kubelet.runtime.RunningCommand;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A running container that someone watches and types into: what it prints from now on. */
final class AttachedContainer implements RunningCommand {
  private final ContainerProcess process;
  private final Container.Console console;
  private final StreamInput stdout = new StreamInput();
  private final StreamInput stderr = new StreamInput();
  private final ContainerConsole.Tap tap;

  AttachedContainer(ContainerProcess process, Container.Console console) {
    this.process = process;
    this.console = console;
    this.tap = process.console().tap(stdout, stderr);
  }

  /** Its end is the container's only with {@code stdinOnce}: others may attach later. */
  @Override
  public OutputStream stdin() {
    return new FilterOutputStream(process.console().stdin()) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        if (console.once()) {
          out.close();
        }
      }
    };
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return stderr;
  }

  @Override
  public void resize(int columns, int rows) {
    process.console().resize(columns, rows);
  }

  /** Zero, whatever the container's own code: the one who attached did not start it. */
  @Override
  public CompletableFuture<Integer> exit() {
    return process.exit().thenApply(code -> 0);
  }

  @Override
  public void close() {
    tap.close();
    stdout.close();
    stderr.close();
  }
}
