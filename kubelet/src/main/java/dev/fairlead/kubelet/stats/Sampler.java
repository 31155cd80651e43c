package dev.fairlead.kubelet.stats;

import dev.fairlead.kubelet.Timers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads usage every {@link #PERIOD}, and when somebody asks and the last reading is not fresh, and
 * keeps the last two readings: a rate needs both. A container's first rate is that since its start,
 * when it had used nothing.
 */
public final class Sampler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Sampler.class);
  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final UsageSource source;
  private final Supplier<Map<Owner, Instant>> running;
  private final InstantSource clock;
  private final Timers timers;
  private Runnable cancel = () -> {};
  private boolean closed;
  private @Nullable Snapshot last;

  /**
   * One reading.
   *
   * @param containers of those that run
   */
  public record Snapshot(Instant at, Measured node, Map<Owner, Measured> containers) {
    public Snapshot {
      containers = Map.copyOf(containers);
    }
  }

  /**
   * A sampler that does nothing yet.
   *
   * @param running the containers of this node that run, and since when
   */
  public Sampler(
      UsageSource source,
      Supplier<Map<Owner, Instant>> running,
      InstantSource clock,
      Timers timers) {
    this.source = source;
    this.running = running;
    this.clock = clock;
    this.timers = timers;
  }

  /** Begins to read from time to time. */
  public synchronized void start() {
    if (closed) {
      return;
    }
    try {
      Snapshot _ = read();
    } catch (IOException e) {
      log.warn("usage cannot be read: {}", e.getMessage());
    } finally {
      cancel = timers.after(PERIOD, this::start);
    }
  }

  /**
   * The newest reading, a new one when it is older than {@link #FRESH}.
   *
   * @throws IOException when it cannot be read
   */
  public synchronized Snapshot snapshot() throws IOException {
    Snapshot known = last;
    boolean fresh = known != null && known.at().plus(FRESH).isAfter(clock.instant());
    return known != null && fresh ? known : read();
  }

  @Override
  public synchronized void close() {
    closed = true;
    cancel.run();
  }

  private Snapshot read() throws IOException {
    Instant now = clock.instant();
    Snapshot before = last;
    Map<Owner, Usage> used = source.containers();
    Map<Owner, Measured> containers = new HashMap<>();
    running
        .get()
        .forEach((owner, start) -> {
          Usage usage = used.getOrDefault(owner, Usage.NONE);
          Measured known = before == null ? null : before.containers().get(owner);
          boolean same = known != null && !known.at().isBefore(start);
          containers.put(
              owner,
              known != null && same
                  ? Measured.between(known.at(), known.usage().cpuNanos(), now, usage)
                  : Measured.between(start, 0, now, usage));
        });
    last = new Snapshot(now, node(before, now), containers);
    return last;
  }

  private Measured node(@Nullable Snapshot before, Instant now) throws IOException {
    Usage machine = source.machine();
    return before == null
        ? Measured.between(now.minus(PERIOD), machine.cpuNanos(), now, machine)
        : Measured.between(before.at(), before.node().usage().cpuNanos(), now, machine);
  }
}
