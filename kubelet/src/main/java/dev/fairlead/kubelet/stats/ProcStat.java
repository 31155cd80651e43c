package dev.fairlead.kubelet.stats;

import java.io.IOException;

/**
 * What {@code /proc/PID/stat} says of a process.
 *
 * @param ticks CPU time of the process and of the children it has waited for, in 1/100 s
 * @param start when it began, in ticks since the machine did
 */
record ProcStat(long ticks, long start) {
  /** Fields after the name, which is in parentheses and may hold anything. */
  private static final int UTIME = 11;

  private static final int CSTIME = 14;
  private static final int START = 19;

  static ProcStat parse(String line) throws IOException {
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length <= START) {
      throw new IOException("cannot read the state of a process: " + line);
    }
    long ticks = 0;
    for (int i = UTIME; i <= CSTIME; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return new ProcStat(ticks, Long.parseLong(fields[START]));
  }

  /** The ticks in which any core was busy, from the first line of {@code /proc/stat}. */
  static long busyTicks(String line) throws IOException {
    String[] fields = line.strip().split(" +");
    if (fields.length < 9 || !fields[0].equals("cpu")) {
      throw new IOException("cannot read the state of the machine: " + line);
    }
    long ticks = 0;
    for (int i = 1; i <= 8; i++) {
      boolean idle = i == 4 || i == 5;
      ticks += idle ? 0 : Long.parseLong(fields[i]);
    }
    return ticks;
  }
}
