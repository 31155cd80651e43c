package dev.fairlead.dns;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one name has, by record type. A name with nothing exists all the same: it answers NODATA,
 * not NXDOMAIN (RFC 8020).
 */
record NameEntry(Map<Integer, RecordSet> sets) {
  static final NameEntry EMPTY = new NameEntry(Map.of());

  static NameEntry of(int type, RecordSet set) {
    return new NameEntry(Map.of(type, set));
  }

  static NameEntry of(int type, RecordSet set, int otherType, RecordSet otherSet) {
    return new NameEntry(Map.of(type, set, otherType, otherSet));
  }

  /** The records of a type, else the alias that stands for every type, else null: no data. */
  @Nullable RecordSet get(int type) {
    RecordSet set = sets.get(type);
    return set == null ? sets.get(Wire.CNAME) : set;
  }
}
