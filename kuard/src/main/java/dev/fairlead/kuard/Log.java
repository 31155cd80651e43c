package dev.fairlead.kuard;

import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Lines on a stream, each with date and time before it, as kuard prints them. */
final class Log {
  private final PrintStream out;
  private final InstantSource clock;
  private final DateTimeFormatter format;

  Log(PrintStream out, InstantSource clock, ZoneId zone) {
    this.out = out;
    this.clock = clock;
    this.format = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(zone);
  }

  void line(String text) {
    String line = format.format(clock.instant()) + " " + text + "\n";
    synchronized (out) {
      out.print(line);
      out.flush();
    }
  }
}
