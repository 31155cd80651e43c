package dev.fairlead.dns;

import java.util.concurrent.atomic.LongAdder;

/** What a server has done. */
final class Counters {
  final LongAdder udpQueries = new LongAdder();
  final LongAdder tcpQueries = new LongAdder();
  final LongAdder forwards = new LongAdder();
  final LongAdder errors = new LongAdder();
}
