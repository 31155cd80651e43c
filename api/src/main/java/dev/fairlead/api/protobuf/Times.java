package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairlead.api.schema.FieldType;
import java.time.Instant;
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
  private static final int NANOS_MAX = 999_999_999;

  private Times() {}

  /** The content of a time; empty text is the zero time, which has none. */
  static void write(ReverseBuffer out, String text, FieldType.Scalar type) {
    if (text.isEmpty()) {
      return;
    }
    OffsetDateTime time = OffsetDateTime.parse(text);
    int nanos = type == FieldType.Scalar.MICRO_TIME ? time.getNano() / 1000 * 1000 : 0;
    out.varint(2, nanos);
    out.varint(1, time.toEpochSecond());
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
