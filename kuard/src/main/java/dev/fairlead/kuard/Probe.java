package dev.fairlead.kuard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A probe that can be told to fail, and that remembers how it was asked. Safe for any thread. */
final class Probe {
  private static final int HISTORY_MAX = 20;
  private static final int OK = 200;
  private static final int FAILED = 500;

  private final String path;
  private final InstantSource clock;
  private final DateTimeFormatter format;
  private final Deque<Seen> history = new ArrayDeque<>();
  private int failNext;
  private int lastId;

  /** An answer: its status code and text. */
  record Answer(int code, String text) {}

  private record Seen(int id, Instant when, int code) {}

  Probe(String path, InstantSource clock, ZoneId zone) {
    this.path = path;
    this.clock = clock;
    this.format = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.US).withZone(zone);
  }

  /** Answers one probe. */
  synchronized Answer ask() {
    Answer answer = decide();
    history.addFirst(new Seen(++lastId, clock.instant(), answer.code()));
    if (history.size() > HISTORY_MAX) {
      history.removeLast();
    }
    return answer;
  }

  private Answer decide() {
    if (failNext == 0) {
      return new Answer(OK, "ok");
    }
    if (failNext < 0) {
      return new Answer(FAILED, "fail, permanent");
    }
    failNext--;
    return new Answer(FAILED, "fail, " + failNext + " left");
  }

  /** Fails the next {@code count} times; for ever when it is negative. */
  synchronized void failNext(int count) {
    failNext = count;
  }

  /** The state, as the API shows it: the newest answer first. */
  synchronized Map<String, Object> status() {
    List<Map<String, Object>> seen = new ArrayList<>();
    for (Seen each : history) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", each.id());
      entry.put("when", format.format(each.when()));
      entry.put("relWhen", ago(Duration.between(each.when(), clock.instant())));
      entry.put("code", each.code());
      seen.add(entry);
    }
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("probePath", path);
    status.put("failNext", failNext);
    status.put("history", seen);
    return status;
  }

  static String ago(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 1) {
      return "now";
    }
    if (seconds < 60) {
      return count(seconds, "second");
    }
    if (seconds < 3_600) {
      return count(seconds / 60, "minute");
    }
    return seconds < 86_400 ? count(seconds / 3_600, "hour") : count(seconds / 86_400, "day");
  }

  private static String count(long count, String unit) {
    return count + " " + unit + (count == 1 ? " ago" : "s ago");
  }
}
