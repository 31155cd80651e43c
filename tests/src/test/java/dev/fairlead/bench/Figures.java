package dev.fairlead.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * What a JVM has used since it started.
 *
 * @param allocatedBytes by all threads, on the heap
 * @param cpuNanos of all threads
 */
public record Figures(long allocatedBytes, long cpuNanos) {

  /** The figures of this JVM. */
  public static Figures now() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Figures(threads.getTotalThreadAllocatedBytes(), system.getProcessCpuTime());
  }

  /** Tells who started this JVM where it serves, then the figures for each line, to the end. */
  public static void serve(String url) throws IOException {
    System.out.println(url);
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (asked.readLine() != null) {
      Figures now = now();
      System.out.println(now.allocatedBytes() + " " + now.cpuNanos());
    }
  }

  static Figures parse(String line) {
    String[] parts = line.split(" ", 2);
    return new Figures(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  Figures since(Figures before) {
    return new Figures(allocatedBytes - before.allocatedBytes, cpuNanos - before.cpuNanos);
  }
}
