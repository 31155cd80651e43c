package dev.fairlead.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Answers questions about names outside the cluster from upstream resolvers and a cache. Blocks;
 * called on virtual threads.
 */
final class Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final int ROUNDS = 2;
  private static final int RANDOM_IDS = 65_536;

  private final List<Upstream> upstreams;
  private final AnswerCache cache;
  private final Semaphore places;
  private final IntUnaryOperator random;
  private final int payloadBytes;
  private volatile boolean down;
  final LongAdder failures = new LongAdder();

  Forwarder(DnsSettings settings, IntUnaryOperator random) {
    Duration timeout = settings.upstreamTimeout();
    this.upstreams =
        settings.upstreams().stream().map(address -> new Upstream(address, timeout)).toList();
    this.cache =
        new AnswerCache(settings.cacheEntriesMax(), settings.cacheTtlMax(), System::nanoTime);
    this.places = new Semaphore(settings.forwardsMax());
    this.random = random;
    this.payloadBytes = settings.payloadBytesMax();
  }

  /**
   * A question to forward.
   *
   * @param query the client's packet, of which only header and question are read
   * @param questionEnd offset behind the question
   * @param bytesMax the largest answer that the client takes
   * @param aliases the answer so far, when aliases of the zone lead to {@code target}; else null
   * @param target the name to ask for instead of the question's; null with {@code aliases}
   */
  record Job(
      byte[] query,
      int questionEnd,
      boolean edns,
      boolean dnssecOk,
      int bytesMax,
      byte @Nullable [] aliases,
      @Nullable WireName target) {

    /** The question that a responder could not answer. */
    static Job of(Responder responder, int bytesMax) {
      Query query = responder.query();
      WireName target = responder.aliasTarget();
      return new Job(
          Arrays.copyOf(query.packet(), query.length()),
          query.questionEnd(),
          query.edns(),
          query.dnssecOk(),
          bytesMax,
          target == null ? null : Arrays.copyOf(responder.response(), responder.aliasBytes()),
          target);
    }
  }

  /** Takes one of the places for waiting questions; each taken is given back by {@link #done}. */
  boolean tryBegin() {
    return places.tryAcquire();
  }

  void done() {
    places.release();
  }

  /** The answer, or null when no upstream gives one. */
  byte @Nullable [] answer(Job job) {
    byte[] question = question(job);
    byte[] answer = lookUp(question, job);
    if (answer == null) {
      return null;
    }
    if (job.aliases() != null) {
      return joined(job, answer);
    }
    System.arraycopy(job.query(), 0, answer, 0, 2);
    int name = job.questionEnd() - 4 - Wire.HEADER_BYTES; // echo the client's spelling
    System.arraycopy(job.query(), Wire.HEADER_BYTES, answer, Wire.HEADER_BYTES, name);
    return answer.length <= job.bytesMax() ? answer : cut(answer, job.bytesMax());
  }

  private byte @Nullable [] lookUp(byte[] question, Job job) {
    WireName name = WireName.probe();
    int end = name.read(question, Wire.HEADER_BYTES, question.length);
    AnswerCache.Key key =
        new AnswerCache.Key(name.copy(), Wire.u16(question, end), job.edns(), job.dnssecOk());
    byte[] cached = cache.get(key);
    if (cached != null) {
      return cached;
    }
    byte[] fresh = ask(question);
    if (fresh != null) {
      cache.put(key, fresh.clone());
    }
    return fresh;
  }

  private byte @Nullable [] ask(byte[] question) {
    IOException last = null;
    for (int round = 0; round < ROUNDS; round++) {
      for (Upstream upstream : upstreams) {
        Wire.put16(question, 0, random.applyAsInt(RANDOM_IDS));
        try {
          byte[] answer = upstream.ask(question);
          up();
          return answer;
        } catch (IOException e) {
          last = e;
        }
      }
    }
    failures.increment();
    down(last);
    return null;
  }

  private void up() {
    if (down) {
      down = false;
      LOG.info("upstream resolvers answer again");
    }
  }

  private void down(@Nullable IOException last) {
    if (!down) {
      down = true;
      LOG.warn(
          "no upstream resolver of {} answers ({}); names outside the cluster get SERVFAIL",
          upstreams,
          last == null ? "none is set" : last.getMessage());
    }
  }

  /** A clean query: none of the client's options goes out. */
  private byte[] question(Job job) {
    WireName target = job.target();
    int nameBytes = target == null ? job.questionEnd() - 4 - Wire.HEADER_BYTES : target.length();
    byte[] question = new byte[Wire.HEADER_BYTES + nameBytes + 4 + (job.edns() ? 11 : 0)];
    Wire.put16(question, 2, Wire.RD | (Wire.u16(job.query(), 2) & Wire.CD));
    Wire.put16(question, 4, 1);
    if (target == null) {
      System.arraycopy(job.query(), Wire.HEADER_BYTES, question, Wire.HEADER_BYTES, nameBytes);
    } else {
      target.copyTo(question, Wire.HEADER_BYTES);
    }
    int at = Wire.HEADER_BYTES + nameBytes;
    System.arraycopy(job.query(), job.questionEnd() - 4, question, at, 4);
    if (job.edns()) {
      Wire.put16(question, 10, 1);
      Wire.put16(question, at + 5, Wire.OPT);
      Wire.put16(question, at + 7, payloadBytes);
      Wire.put16(question, at + 11, job.dnssecOk() ? 0x8000 : 0);
    }
    return question;
  }

  private static byte @Nullable [] cut(byte[] answer, int bytesMax) {
    try {
      return new Message(answer).toWire(bytesMax);
    } catch (IOException e) {
      LOG.debug("an upstream's answer is malformed: {}", e.getMessage());
      return null;
    }
  }

  private static byte @Nullable [] joined(Job job, byte[] answer) {
    try {
      Message whole = new Message(Objects.requireNonNull(job.aliases()));
      Message found = new Message(answer);
      for (Record each : found.getSection(Section.ANSWER)) {
        whole.addRecord(each, Section.ANSWER);
      }
      whole.getHeader().setRcode(found.getHeader().getRcode());
      return whole.toWire(job.bytesMax());
    } catch (IOException e) {
      LOG.debug("an upstream's answer is malformed: {}", e.getMessage());
      return null;
    }
  }
}
