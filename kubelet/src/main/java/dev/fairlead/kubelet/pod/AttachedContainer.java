package dev.fairlead.kubelet.pod;

import dev.fairlead.http.stream.StreamInput;
import dev.fairlead.kubelet.log.ContainerLog;
import dev.fairlead.kubelet.log.LogOptions;
import dev.fairlead.kubelet.log.LogReader;
import dev.fairlead.kubelet.runtime.ContainerProcess;
import dev.fairlead.kubelet.runtime.RunningCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running container that someone watches: what it prints from now on, by way of its log. */
final class AttachedContainer implements RunningCommand {
  private static final Logger log = LoggerFactory.getLogger(AttachedContainer.class);
  private static final LogOptions FROM_NOW = new LogOptions(true, false, 0L, null, null);

  private final ContainerLog output;
  private final ContainerProcess process;
  private final StreamInput stdout = new StreamInput();
  private volatile boolean gone;

  private AttachedContainer(ContainerLog output, ContainerProcess process) {
    this.output = output;
    this.process = process;
  }

  static AttachedContainer to(ContainerLog output, ContainerProcess process) {
    AttachedContainer attached = new AttachedContainer(output, process);
    Thread.ofVirtual().name("attach").start(attached::follow);
    return attached;
  }

  @Override
  public OutputStream stdin() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream stdout() {
    return stdout;
  }

  @Override
  public InputStream stderr() {
    return InputStream.nullInputStream();
  }

  @Override
  public void resize(int columns, int rows) {}

  /** Zero, whatever the container's own code: the one who attached did not start it. */
  @Override
  public CompletableFuture<Integer> exit() {
    return process.exit().thenApply(code -> 0);
  }

  @Override
  public void close() {
    gone = true;
    stdout.close();
    LogReader.wake(output);
  }

  private void follow() {
    try {
      new LogReader(output, FROM_NOW, new Lines(), () -> gone).run();
    } catch (IOException e) {
      log.debug("attach ends: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stdout.end();
    }
  }

  /** Hands over what the log says. */
  private final class Lines extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        stdout.offer(Arrays.copyOfRange(bytes, from, from + length));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while handing over");
      }
    }
  }
}
