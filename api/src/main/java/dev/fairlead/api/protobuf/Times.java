package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.api.schema.FieldType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as seconds and nanoseconds; JSON carries seconds, or microseconds for a few fields. */
final class Times {
  private static final DateTimeFormatter SECONDS = format("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter MICROS = format("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  private static final long SECONDS_MIN = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long SECONDS_MAX = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final String PLAIN = "0000-00-00T00:00:00Z";
  private static final long SECONDS_A_DAY = 86_400;
  private static final int NANOS_MAX = 999_999_999;

  private Times() {}

  /** The content of a time; empty text is the zero time, which has none. */
  static void write(ReverseBuffer out, String text, FieldType.Scalar type) {
    if (text.isEmpty()) {
      return;
    }
    if (isPlain(text)) {
      out.varint(2, 0);
      out.varint(1, plainSeconds(text));
      return;
    }
    OffsetDateTime time = OffsetDateTime.parse(text);
    int nanos = type == FieldType.Scalar.MICRO_TIME ? time.getNano() / 1000 * 1000 : 0;
    out.varint(2, nanos);
    out.varint(1, time.toEpochSecond());
  }

  /** Whether the text has the form in which times are stored, {@code 2024-01-02T03:04:05Z}. */
  private static boolean isPlain(String text) {
    if (text.length() != PLAIN.length()) {
      return false;
    }
    for (int i = 0; i < PLAIN.length(); i++) {
      char c = text.charAt(i);
      if (PLAIN.charAt(i) == '0' ? c < '0' || c > '9' : c != PLAIN.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Every object has a few of these, and the general parser takes longer than all the rest. */
  private static long plainSeconds(String text) {
    long day =
        LocalDate.of(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)).toEpochDay();
    return day * SECONDS_A_DAY + two(text, 11) * 3600L + two(text, 14) * 60L + two(text, 17);
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  /** The time as JSON has it; null for the zero time. */
  static @Nullable JsonNode read(WireReader reader, FieldType.Scalar type) {
    if (reader.isEmpty()) {
      return null;
    }
    long seconds = 0;
    long nanos = 0;
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> seconds = reader.value();
        case 2 -> nanos = reader.value();
        default -> reader.skip();
      }
    }
    if (seconds < SECONDS_MIN || seconds > SECONDS_MAX || nanos < 0 || nanos > NANOS_MAX) {
      throw WireReader.malformed("a time outside of the years 0 to 9999");
    }
    DateTimeFormatter format = type == FieldType.Scalar.MICRO_TIME ? MICROS : SECONDS;
    return JsonNodeFactory.instance.textNode(format.format(Instant.ofEpochSecond(seconds, nanos)));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
