package dev.fairlead.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.client.Informer;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.client.testing.FakeKubeApi;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whoever is woken finds the expectations settled: a worker may look at once. */
class OwnedPodListenerTest {
  private static final Document POD = pod("");
  private static final Document GOING = pod(", deletionTimestamp: '2026-03-01T12:00:00Z'");

  private final Expectations expectations = new Expectations(Clock.systemUTC());
  private final Woken woken = new Woken();

  @AutoClose
  private final SharedInformer owners =
      SharedInformer.builder(new FakeKubeApi(), Kinds.REPLICA_SET).start();

  private final Informer.Listener listener =
      new OwnedPodListener(
          Kinds.REPLICA_SET,
          owners,
          any -> LabelSelector.ofMap(Map.of("app", "a")),
          expectations,
          woken);

  @Test
  void aPodThatCame() {
    expectations.expectCreations("u-owner", 1);
    listener.onChange(null, POD);
    assertThat(woken.satisfied).isNotEmpty().containsOnly(true);
  }

  @Test
  void aPodThatIsGoing() {
    expectations.expectDeletions("u-owner", Set.of("u-pod"));
    listener.onChange(POD, GOING);
    assertThat(woken.satisfied).isNotEmpty().containsOnly(true);
  }

  @Test
  void aPodThatWentAtOnce() {
    expectations.expectDeletions("u-owner", Set.of("u-pod"));
    listener.onChange(POD, null);
    assertThat(woken.satisfied).isNotEmpty().containsOnly(true);
  }

  private static Document pod(String more) {
    String yaml =
        "metadata: {name: p, namespace: default, uid: u-pod, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: owner, uid: u-owner, controller: true}]%s}"
            .formatted(more);
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  /** Notes, whenever a key is added, what a worker would find that took it at once. */
  private final class Woken implements WorkQueue<ObjectKey> {
    private final List<Boolean> satisfied = new ArrayList<>();

    @Override
    public void add(ObjectKey key) {
      satisfied.add(expectations.satisfied("u-owner"));
    }

    @Override
    public void addAll(Collection<? extends ObjectKey> keys) {
      keys.forEach(this::add);
    }

    @Override
    public void addAfter(ObjectKey key, Duration delay) {
      throw new UnsupportedOperationException("addAfter");
    }

    @Override
    public void retry(ObjectKey key) {
      throw new UnsupportedOperationException("retry");
    }

    @Override
    public void forget(ObjectKey key) {
      throw new UnsupportedOperationException("forget");
    }

    @Override
    public ObjectKey take() {
      throw new UnsupportedOperationException("take");
    }

    @Override
    public void done(ObjectKey key) {
      throw new UnsupportedOperationException("done");
    }

    @Override
    public int depth() {
      return satisfied.size();
    }

    @Override
    public void close() {}
  }
}
