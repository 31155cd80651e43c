package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.Controller;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reports bound pods as running and ready, and ends those that are deleted. Without a scheduler it
 * binds pods to one node, too.
 */
public final class SimulatedKubelet implements AutoCloseable {
  private final KubeApi api;
  private final boolean binds;
  private final SharedInformer pods;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();
  private final AtomicInteger addresses = new AtomicInteger();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** UIDs of pods that were started: the informer may show them as pending for a while yet. */
  private final Set<String> started = ConcurrentHashMap.newKeySet();

  private final Controller loop;

  /** A kubelet that is the scheduler as well. */
  public SimulatedKubelet(KubeApi api, InformerFactory informers) {
    this(api, informers, true);
  }

  /** A kubelet of all nodes. */
  public SimulatedKubelet(KubeApi api, InformerFactory informers, boolean binds) {
    this.api = api;
    this.binds = binds;
    this.pods = informers.informer(Kinds.POD);
    pods.addListener((before, after) -> {
      if (after != null) {
        queue.add(after.key());
      }
    });
    this.loop = Controller.start("kubelet", 2, queue, this::reconcile, pods);
  }

  /** Pods with this image never become ready. */
  public void breakImage(String image) {
    broken.add(image);
  }

  /** From now on pods with this image become ready again. */
  public void mendImage(String image) {
    broken.remove(image);
  }

  /** Ends a pod for good. */
  public void end(ObjectKey key, String phase) {
    ObjectNode body = Json.object();
    body.putObject("status").put("phase", phase);
    api.patch(
        Target.object(Kinds.POD, key).sub("status"),
        new Patch(Patch.Type.MERGE, body),
        WriteOptions.NONE);
  }

  /** Turns a pod's readiness. */
  public void ready(ObjectKey key, boolean ready) {
    Document pod = api.get(Target.object(Kinds.POD, key));
    report(pod, pod.status().path("podIP").asText(), ready);
  }

  private void reconcile(ObjectKey key) {
    Document pod = pods.get(key);
    if (pod == null) {
      return;
    }
    Target target = Target.object(Kinds.POD, key);
    try {
      if (pod.meta().deleting()) {
        api.delete(target, DeleteOptions.now());
      } else if (Pods.nodeName(pod).isEmpty()) {
        bind(target);
      } else if (Pods.phase(pod).equals("Pending") && !started.contains(pod.meta().uid())) {
        int n = addresses.incrementAndGet();
        String image = pod.spec().path("containers").path(0).path("image").asText();
        report(pod, "10.112.%d.%d".formatted(n / 250, n % 250 + 1), !broken.contains(image));
        started.add(pod.meta().uid());
      }
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void bind(Target target) {
    if (!binds) {
      return;
    }
    ObjectNode binding = Json.object();
    binding.put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", target.name()).put("namespace", target.namespace());
    binding.putObject("target").put("kind", "Node").put("name", "node-1");
    api.create(target.sub("binding"), Document.of(binding), WriteOptions.NONE);
  }

  private void report(Document pod, String ip, boolean ready) {
    ObjectNode body = Json.object();
    ObjectNode status = body.putObject("status");
    status.put("phase", "Running").put("podIP", ip);
    status.putArray("podIPs").addObject().put("ip", ip);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready ? "True" : "False")
        .put("lastTransitionTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    api.patch(
        Target.object(Kinds.POD, pod.key()).sub("status"),
        new Patch(Patch.Type.MERGE, body),
        WriteOptions.NONE);
  }

  @Override
  public void close() {
    loop.close();
  }
}
