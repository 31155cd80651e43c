package dev.fairlead.apiserver.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Durations as kubectl prints them: two units at most, and only as fine as matters. */
final class Ages {
  private Ages() {}

  static String since(@Nullable Instant then, Instant now) {
    return then == null ? "<unknown>" : human(Duration.between(then, now));
  }

  /** The age of an RFC 3339 text; {@code <unknown>} when it is none. */
  static String since(String then, Instant now) {
    return since(parse(then), now);
  }

  static @Nullable Instant parse(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null; // Shown as unknown.
    }
  }

  static String human(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    return days(hours);
  }

  private static String days(long hours) {
    long days = hours / 24;
    if (hours < 192) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 730) {
      return days + "d";
    }
    return days < 2920 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
  }

  private static String two(long major, String majorUnit, long minor, String minorUnit) {
    return minor == 0 ? major + majorUnit : major + majorUnit + minor + minorUnit;
  }
}
