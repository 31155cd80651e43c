package dev.fairlead.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Tells when the nftables elements of one node change: nft(8) {@code monitor} in its namespace. */
final class KernelMonitor implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<Long> changesNanos = new LinkedBlockingQueue<>();

  KernelMonitor(String launcher, String node) throws IOException {
    process =
        new ProcessBuilder(
                List.of(launcher, "ssh", node, "--", "stdbuf", "-oL", "nft", "monitor", "elements"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.ofPlatform().daemon().name("monitor-" + node).start(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        changesNanos.add(System.nanoTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets the changes seen so far. */
  void clear() {
    changesNanos.clear();
  }

  /** The moment of the next change, by {@link System#nanoTime}. */
  long awaitChange() throws InterruptedException {
    Long change = changesNanos.poll(10, TimeUnit.SECONDS);
    if (change == null) {
      throw new IllegalStateException("the kernel did not change within 10 s");
    }
    return change;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
