package dev.fairlead.controllers.statefulset;

import dev.fairlead.api.Document;
import dev.fairlead.api.view.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The pods of a StatefulSet, each in its place.
 *
 * @param wanted every place that shall have a pod, by ordinal
 * @param condemned pods in no such place, highest ordinal first
 */
record Replicas(List<Replica> wanted, List<Replica> condemned) {

  static Replicas of(Document set, StatefulSet view, List<Document> pods, Instant now) {
    Duration minReady = Duration.ofSeconds(view.minReadySeconds());
    Map<Integer, Document> byOrdinal = new HashMap<>();
    for (Document pod : pods) {
      OptionalInt ordinal = Identity.ordinal(set, pod);
      ordinal.ifPresent(number -> byOrdinal.put(number, pod));
    }
    List<Replica> wanted = new ArrayList<>(view.replicas());
    for (int i = 0; i < view.replicas(); i++) {
      int ordinal = view.startOrdinal() + i;
      wanted.add(Replica.of(ordinal, byOrdinal.remove(ordinal), minReady, now));
    }
    List<Replica> condemned = new ArrayList<>();
    byOrdinal.forEach((ordinal, pod) -> condemned.add(Replica.of(ordinal, pod, minReady, now)));
    condemned.sort(Comparator.comparingInt(Replica::ordinal).reversed());
    return new Replicas(List.copyOf(wanted), List.copyOf(condemned));
  }

  /**
   * Whether this is the first one that nobody can count on: of the wanted, then of the condemned
   * from below.
   */
  boolean firstUnavailable(Replica replica) {
    return Stream.concat(wanted.stream(), condemned.reversed().stream())
        .filter(Replica::unavailable)
        .findFirst()
        .filter(first -> first.ordinal() == replica.ordinal())
        .isPresent();
  }
}
