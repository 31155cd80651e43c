package dev.fairlead.dns;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one question, encoded once: what follows the question in the packet. Owner names
 * are pointers to the question, so the query's spelling is echoed; other pointers hold because a
 * name has one length however it is spelled.
 *
 * @param answer records of the answer section
 * @param recordBytes size of each answer record when all are equal in size, so that they may be
 *     rotated and cut; 0 when they differ
 * @param additional records that go along when there is room
 * @param target of a CNAME, else null
 */
record RecordSet(
    byte[] answer,
    int answerCount,
    int recordBytes,
    byte[] additional,
    int additionalCount,
    @Nullable WireName target) {
  private static final byte[] NONE = {};

  static RecordSet answers(byte[] answer, int count) {
    return new RecordSet(answer, count, 0, NONE, 0, null);
  }

  static RecordSet alias(byte[] answer, WireName target) {
    return new RecordSet(answer, 1, 0, NONE, 0, target);
  }

  /** Address records, all of one size. */
  static RecordSet addresses(byte[] answer, int count) {
    return new RecordSet(answer, count, Wire.A_RECORD_BYTES, NONE, 0, null);
  }
}
