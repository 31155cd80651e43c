package dev.fairlead.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.host.ControlServer;
import dev.fairlead.host.Failure;
import dev.fairlead.host.StateDirectory;
import dev.fairlead.host.StateLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's process: takes the lock, cleans what a crash left, starts the cluster, answers the
 * command line, and ends on SIGTERM with everything taken down.
 *
 * <p>Progress goes to {@code out} as {@link dev.fairlead.host.DaemonProcess} describes.
 */
public final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StateDirectory state;
  private final Path dist;
  private final ClusterSettings settings;
  private final PrintStream out;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  public Daemon(StateDirectory state, Path dist, ClusterSettings settings, PrintStream out) {
    this.state = state;
    this.dist = dist;
    this.settings = settings;
    this.out = out;
  }

  /**
   * Runs until the process is told to end.
   *
   * @return the exit code
   */
  public int run() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    try (StateLock lock = StateLock.take(state)) {
      new Remains(state).clear();
      state.create();
      ServiceRange.keep(settings, state);
      serve();
      return 0;
    } catch (Failure failure) {
      return failed(failure.line());
    } catch (IOException | RuntimeException e) {
      LOG.error("the cluster cannot start", e);
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return failed("the cluster cannot start: %s; see %s".formatted(reason, state.log()));
    } finally {
      ended.countDown();
    }
  }

  private void serve() throws IOException, InterruptedException {
    try (LocalCluster cluster = LocalCluster.start(settings, state, dist, this::step);
        ControlServer control =
            ControlServer.start(state.controlSocket(), line -> answer(cluster, line))) {
      while (!cluster.awaitReady(PATIENCE) && asked.getCount() > 0) {
        LOG.info("waiting for {}", cluster.waitingFor());
      }
      if (asked.getCount() > 0) { // else "up" is told by the end of this process that it never was
        out.println("ready");
        LOG.info("the cluster is ready");
      }
      out.close();
      asked.await();
      LOG.info("the cluster goes down");
    }
  }

  private static String answer(LocalCluster cluster, String line) {
    try {
      String[] words = line.split(" ", -1);
      return switch (words[0]) {
        case "status" -> Json.text(cluster.status());
        case "enter" -> Json.text(cluster.enter(words[1], words[2]));
        default -> error("unknown question " + words[0]);
      };
    } catch (Failure failure) {
      return error(failure.line());
    } catch (RuntimeException e) {
      LOG.warn("the question \"{}\" could not be answered", line, e);
      return error("the cluster could not answer: " + e.getMessage());
    }
  }

  private static String error(String why) {
    ObjectNode answer = Json.object();
    return Json.text(answer.put("error", why));
  }

  private void step(String text) {
    LOG.info("{}", text);
    out.println("step " + text);
  }

  private int failed(String why) {
    out.println("failed " + why.replace('\n', ' '));
    return 1;
  }

  private void end() {
    asked.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
