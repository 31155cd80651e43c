package dev.fairlead.kubelet.cgroup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.quantity.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What the kernel holds a container to (API: {@code core/v1 ResourceRequirements}; upstream: {@code
 * pkg/kubelet/cm/helpers_linux.go}).
 *
 * @param memoryBytes at most; 0 for no bound
 * @param cpuShares how much of busy CPUs it gets beside others, 1024 for one CPU; 0 for nothing
 *     said
 * @param cpuQuotaMicros CPU time in each {@link #PERIOD_MICROS}; 0 for no bound
 */
public record Limits(long memoryBytes, long cpuShares, long cpuQuotaMicros) {
  /** Nothing is said. */
  public static final Limits NONE = new Limits(0, 0, 0);

  /** CPU time is counted in periods of this length. */
  static final long PERIOD_MICROS = 100_000;

  private static final long SHARES_MIN = 2;
  private static final long SHARES_MAX = 262_144;
  private static final long QUOTA_MIN_MICROS = 1_000;
  private static final long WEIGHT_MAX = 10_000;

  /**
   * Those of a container.
   *
   * @param resources as they stand; quantities have been checked by the API
   */
  public static Limits of(JsonNode resources) {
    long limit = quantity(resources, "limits", "cpu").milliValue();
    long request = quantity(resources, "requests", "cpu").milliValue();
    long milli = request == 0 ? limit : request;
    return new Limits(
        quantity(resources, "limits", "memory").value(),
        milli == 0 ? 0 : Math.clamp(milli * 1024 / 1000, SHARES_MIN, SHARES_MAX),
        limit == 0 ? 0 : Math.max(limit * PERIOD_MICROS / 1000, QUOTA_MIN_MICROS));
  }

  private static Quantity quantity(JsonNode resources, String list, String name) {
    JsonNode value = resources.path(list).path(name);
    return value.isMissingNode() ? Quantity.ZERO : Quantity.parse(value.asText());
  }

  /**
   * The same with the least share of CPUs where nothing is said, as upstream gives it: so the
   * container has a group, whose limits can be changed.
   */
  public Limits confining() {
    return cpuShares > 0 ? this : new Limits(memoryBytes, SHARES_MIN, cpuQuotaMicros);
  }

  /** Whether a container needs a group of its own. */
  public boolean any() {
    return !equals(NONE);
  }

  /** What to write for memory, by file, in this order; a file that is not there is passed over. */
  SequencedMap<String, String> memory(boolean unified) {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    if (memoryBytes > 0) {
      String bytes = Long.toString(memoryBytes);
      files.put(unified ? "memory.max" : "memory.limit_in_bytes", bytes);
      files.put(unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes", unified ? "0" : bytes);
      files.put("memory.oom.group", "1");
    }
    return files;
  }

  /** What to write for CPU, by file. */
  Map<String, String> cpu(boolean unified) {
    Map<String, String> files = new LinkedHashMap<>();
    if (cpuShares > 0) {
      files.put(
          unified ? "cpu.weight" : "cpu.shares", Long.toString(unified ? weight() : cpuShares));
    }
    if (cpuQuotaMicros > 0 && unified) {
      files.put("cpu.max", cpuQuotaMicros + " " + PERIOD_MICROS);
    } else if (cpuQuotaMicros > 0) {
      files.put("cpu.cfs_period_us", Long.toString(PERIOD_MICROS));
      files.put("cpu.cfs_quota_us", Long.toString(cpuQuotaMicros));
    }
    return files;
  }

  /** The shares on the scale of the unified hierarchy (KEP-2254). */
  private long weight() {
    return 1 + (cpuShares - SHARES_MIN) * (WEIGHT_MAX - 1) / (SHARES_MAX - SHARES_MIN);
  }
}
