package dev.fairlead.kubelet.pod;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.client.Informer;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.kubelet.sandbox.SandboxFiles;
import dev.fairlead.kubelet.stats.RunningContainer;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods bound to this node: one worker for each, by UID. */
public final class PodManager implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PodManager.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SYNC_POLL = Duration.ofSeconds(1);

  private final PodContext context;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();

  /** UIDs of pods that have ended and whose objects stay, for their finalizers. */
  private final Set<String> over = new HashSet<>();

  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile @Nullable SharedInformer informer;
  private volatile boolean closing;

  public PodManager(PodContext context) {
    this.context = context;
  }

  /**
   * Begins to watch for pods.
   *
   * @param services no pod starts before these are known, as its environment names them
   */
  public void start(Informer services) {
    SharedInformer pods =
        SharedInformer.builder(context.api(), Kinds.POD)
            .fieldSelector("spec.nodeName=" + context.settings().nodeName())
            .start();
    informer = pods;
    Thread.ofVirtual()
        .name("pods-" + context.settings().nodeName())
        .start(() -> listen(pods, services));
  }

  /** The node is ready: pods may start. */
  public void open() {
    gate.countDown();
  }

  /** All pods that are known. */
  public Collection<Document> pods() {
    SharedInformer known = informer;
    return known == null ? List.of() : known.all();
  }

  /** The pod, or null. */
  public @Nullable Document pod(ObjectKey key) {
    SharedInformer known = informer;
    return known == null ? null : known.get(key);
  }

  /** The worker of a pod, or null. */
  public @Nullable PodWorker worker(Document pod) {
    return workers.get(pod.meta().uid());
  }

  /** The pod as streams see it; empty when there is none, or it has no namespaces. */
  public Optional<StreamedPod> streamed(ObjectKey key) {
    Document pod = pod(key);
    PodWorker worker = pod == null ? null : worker(pod);
    return worker == null ? Optional.empty() : worker.streamed();
  }

  /** The containers of this node that run. */
  public List<RunningContainer> running() {
    List<RunningContainer> result = new ArrayList<>();
    for (Document pod : pods()) {
      PodWorker worker = worker(pod);
      if (worker != null) {
        worker
            .running()
            .forEach((name, since) ->
                result.add(new RunningContainer(pod.key(), pod.meta().uid(), name, since)));
      }
    }
    return result;
  }

  /** The process through which a pod's namespaces can be entered. */
  public OptionalLong sandbox(ObjectKey key) {
    Document pod = pod(key);
    PodWorker worker = pod == null ? null : worker(pod);
    long pid = worker == null ? 0 : worker.sandboxPid();
    return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
  }

  /** Stops every pod's processes; the objects stay. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    SharedInformer known = informer;
    if (known != null) {
      known.close();
    }
    List<PodWorker> all = List.copyOf(workers.values());
    all.forEach(PodWorker::close);
    try {
      for (PodWorker worker : all) {
        if (!worker.awaitEnd(CLOSE_TIMEOUT)) {
          log.warn("{}: a pod does not end in time", context.settings().nodeName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(Informer pods, Informer services) {
    try {
      while (!closing && !services.awaitSynced(SYNC_POLL)) {
        log.trace("waiting for the services");
      }
      while (!closing && !pods.awaitSynced(SYNC_POLL)) {
        log.trace("waiting for the pods");
      }
      if (!closing) {
        removeOrphans(pods);
        pods.addListener(this::changed);
      }
    } catch (InterruptedException e) {
      log.debug("pod manager ends");
    }
  }

  /** Removes the files of pods that were deleted while no kubelet ran. */
  private void removeOrphans(Informer pods) {
    List<String> alive = pods.all().stream().map(each -> each.meta().uid()).toList();
    try {
      for (String uid : SandboxFiles.owned(context.settings())) {
        if (!alive.contains(uid)) {
          SandboxFiles.delete(SandboxFiles.directory(context.settings(), uid));
        }
      }
    } catch (IOException e) {
      log.warn("files of former pods stay: {}", e.getMessage());
    }
  }

  private void changed(@Nullable Document before, @Nullable Document after) {
    String old = before == null ? null : before.meta().uid();
    String now = after == null ? null : after.meta().uid();
    if (old != null && !Objects.equals(old, now)) {
      gone(old);
    }
    if (after != null) {
      seen(after);
    }
  }

  private synchronized void gone(String uid) {
    over.remove(uid);
    PodWorker worker = workers.get(uid);
    if (worker != null) {
      worker.removed();
    }
  }

  private synchronized void ended(String uid, PodWorker worker) {
    workers.remove(uid);
    if (!worker.isRemoved()) {
      over.add(uid);
    }
  }

  /**
   * A worker that is made when all are being closed would be forgotten: so none is. Nor is one for
   * a pod that has ended: it would know nothing of how that was.
   */
  private synchronized void seen(Document pod) {
    String uid = pod.meta().uid();
    if (closing || over.contains(uid)) {
      return;
    }
    PodWorker known = workers.get(uid);
    if (known != null) {
      known.updated(pod);
      return;
    }
    PodWorker worker = new PodWorker(context, pod, gate, this::ended);
    workers.put(uid, worker);
    worker.start();
  }
}
