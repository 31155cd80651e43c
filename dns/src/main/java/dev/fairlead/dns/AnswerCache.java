package dev.fairlead.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers of upstreams, for as long as their records live, at most a set time. Bounded: the least
 * recently used goes first. Safe for any number of threads.
 */
final class AnswerCache {
  private final long ttlNanosMax;
  private final LongSupplier nanoTime;
  private final Map<Key, Kept> entries;

  /** What an answer depends on. */
  record Key(WireName name, int type, boolean edns, boolean dnssecOk) {}

  private record Kept(byte[] message, List<Integer> ttlOffsets, long since, long until) {}

  AnswerCache(int entriesMax, Duration ttlMax, LongSupplier nanoTime) {
    this.ttlNanosMax = ttlMax.toNanos();
    this.nanoTime = nanoTime;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > entriesMax;
          }
        };
  }

  /** A copy of the answer with its TTLs lowered by the time it was kept; null when none lives. */
  byte @Nullable [] get(Key key) {
    long now = nanoTime.getAsLong();
    Kept entry;
    synchronized (entries) {
      entry = entries.get(key);
      if (entry != null && entry.until() - now <= 0) {
        entries.remove(key);
        return null;
      }
    }
    return entry == null ? null : aged(entry, now);
  }

  private static byte[] aged(Kept entry, long now) {
    byte[] copy = entry.message().clone();
    int age = (int) Duration.ofNanos(now - entry.since()).toSeconds();
    for (int offset : entry.ttlOffsets()) {
      Wire.put32(copy, offset, Math.max(0, Wire.u32(copy, offset) - age));
    }
    return copy;
  }

  /** Keeps a complete, well-formed answer that says yes or no; anything else is not kept. */
  void put(Key key, byte[] message) {
    int flags = Wire.u16(message, 2);
    int rcode = flags & 0xf;
    if ((flags & Wire.TC) != 0 || (rcode != Wire.NOERROR && rcode != Wire.NXDOMAIN)) {
      return;
    }
    List<Integer> ttlOffsets = new ArrayList<>();
    long ttlSeconds = lifetimeSeconds(message, ttlOffsets);
    if (ttlSeconds > 0) {
      long now = nanoTime.getAsLong();
      long nanos = Math.min(Duration.ofSeconds(ttlSeconds).toNanos(), ttlNanosMax);
      synchronized (entries) {
        entries.put(key, new Kept(message, ttlOffsets, now, now + nanos));
      }
    }
  }

  /** The shortest TTL, an SOA's minimum included (RFC 2308); 0 when there is none. */
  private static long lifetimeSeconds(byte[] message, List<Integer> ttlOffsets) {
    int records = Wire.u16(message, 6) + Wire.u16(message, 8) + Wire.u16(message, 10);
    int at = Wire.skipName(message, Wire.HEADER_BYTES, message.length) + 4;
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < records; i++) {
      int fixed = Wire.skipName(message, at, message.length);
      if (fixed < 0 || fixed + 10 > message.length) {
        return 0;
      }
      int end = fixed + 10 + Wire.u16(message, fixed + 8);
      if (end > message.length) {
        return 0;
      }
      int type = Wire.u16(message, fixed);
      if (type != Wire.OPT) {
        ttlOffsets.add(fixed + 4);
        shortest = Math.min(shortest, Wire.u32(message, fixed + 4) & 0xffffffffL);
      }
      if (type == Wire.SOA && end - fixed >= 14) {
        shortest = Math.min(shortest, Wire.u32(message, end - 4) & 0xffffffffL);
      }
      at = end;
    }
    return shortest == Long.MAX_VALUE ? 0 : shortest;
  }
}
