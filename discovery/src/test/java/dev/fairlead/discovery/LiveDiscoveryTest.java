package dev.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.Discovery.Change;
import dev.fairlead.discovery.Discovery.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveDiscoveryTest {
  private static final ObjectKey WEB = new ObjectKey("default", "web");

  private final ManualInformer services = new ManualInformer();
  private final ManualInformer slices = new ManualInformer();
  @AutoClose private final LiveDiscovery discovery = LiveDiscovery.start(services, slices);

  @Test
  void isSyncedWhenBothInformersAre() throws InterruptedException {
    BlockingQueue<Delta> deltas = subscribe();
    assertThat(deltas.take().image().synced()).isFalse();

    services.put(Objects.service("web"));
    services.sync();
    assertThat(deltas.take().changes()).containsKey(WEB);
    assertThat(discovery.image().synced()).isFalse();

    slices.sync();
    Delta synced = deltas.take();
    assertThat(synced.image().synced()).isTrue();
    assertThat(synced.changes()).isEmpty();
  }

  @Test
  void aSubscriberIsFirstToldOfAllThatIsKnown() throws InterruptedException {
    services.put(Objects.service("web"));
    services.put(Objects.service("db"));
    await().until(() -> discovery.image().services().size() == 2);

    Delta first = subscribe().take();

    assertThat(first.changes()).hasSize(2);
    assertThat(first.changes().get(WEB).before()).isNull();
    assertThat(first.changes().get(WEB).after()).isEqualTo(first.image().services().get(WEB));
  }

  @Test
  void aSliceReachesItsService() throws InterruptedException {
    BlockingQueue<Delta> deltas = subscribe();
    deltas.take();
    services.put(Objects.service("web"));
    deltas.take();

    slices.put(Objects.slice("a", "web", Objects.port("", 80), Objects.endpoint("10.1.0.1", "")));

    Change change = deltas.take().changes().get(WEB);
    assertThat(change.before().endpoints()).isEmpty();
    assertThat(change.after().endpoints()).hasSize(1);

    slices.remove(new ObjectKey("default", "a"));
    assertThat(deltas.take().changes().get(WEB).after().endpoints()).isEmpty();
  }

  @Test
  void changesFoldWhileASubscriberIsBusy() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    BlockingQueue<Delta> deltas = new LinkedBlockingQueue<>();
    discovery.subscribe(delta -> {
      deltas.add(delta);
      go.await();
    });
    deltas.take();

    services.put(Objects.service("web"));
    services.put(Objects.service("db"));
    await().until(() -> discovery.image().services().size() == 2);
    services.put(Objects.service("web", "\"clusterIP\":\"10.0.0.9\""));
    services.remove(new ObjectKey("default", "db"));
    await().until(() -> discovery.image().services().size() == 1);
    await().until(() -> discovery.image().services().get(WEB).clusterIps().contains("10.0.0.9"));
    go.countDown();

    Delta folded = deltas.take();
    assertThat(folded.changes()).containsOnlyKeys(WEB);
    assertThat(folded.changes().get(WEB).before()).isNull();
    assertThat(folded.changes().get(WEB).after().clusterIps()).containsExactly("10.0.0.9");
  }

  @Test
  void aSubscriberThatFailsIsToldAgain() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    BlockingQueue<Delta> deltas = new LinkedBlockingQueue<>();
    services.put(Objects.service("web"));
    await().until(() -> discovery.image().services().size() == 1);

    discovery.subscribe(delta -> {
      if (calls.getAndIncrement() == 0) {
        throw new IllegalStateException("the first call fails, as the test wants");
      }
      deltas.add(delta);
    });

    assertThat(deltas.take().changes()).containsKey(WEB);
  }

  @Test
  void closingEndsTheSubscribersThreads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch called = new CountDownLatch(1);
    discovery.subscribe(delta -> {
      threads.add(Thread.currentThread());
      called.countDown();
    });
    called.await();

    discovery.close();

    await().until(() -> !threads.getFirst().isAlive());
  }

  private BlockingQueue<Delta> subscribe() {
    BlockingQueue<Delta> deltas = new LinkedBlockingQueue<>();
    discovery.subscribe(deltas::add);
    return deltas;
  }
}
