package dev.fairlead.bench;

import java.util.concurrent.atomic.AtomicInteger;

/** Pods as a Deployment makes them. */
final class BenchPods {
  static final String PATH = "/api/v1/namespaces/default/pods";

  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"default",
      "labels":{"app":"web","pod-template-hash":"5d4f8c7b9"},"annotations":{"round":"%s"},
      "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-5d4f8c7b9",
      "uid":"7c1d5a0e-1111-4222-8333-444455556666","controller":true,"blockOwnerDeletion":true}]},
      "spec":{"containers":[{"name":"web","image":"kuard:1","ports":[{"containerPort":8080,"protocol":"TCP"}],
      "resources":{"limits":{"cpu":"250m"},"requests":{"cpu":"250m"}},"readinessProbe":{"httpGet":{"path":"/ready",
      "port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":2,"successThreshold":1,"failureThreshold":3},
      "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
      "imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,
      "dnsPolicy":"ClusterFirst","nodeName":"node-1","schedulerName":"default-scheduler",
      "enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority","priority":0,"securityContext":{}}}
      """;

  /** What a kubelet says of a running pod. */
  static final String STATUS =
      """
      {"status":{"phase":"Running","podIP":"10.112.1.5","podIPs":[{"ip":"10.112.1.5"}],"hostIP":"10.111.0.11",
      "startTime":"2024-01-02T03:04:05Z","conditions":[
      {"type":"PodScheduled","status":"True","lastTransitionTime":"2024-01-02T03:04:05Z"},
      {"type":"Initialized","status":"True","lastTransitionTime":"2024-01-02T03:04:05Z"},
      {"type":"ContainersReady","status":"True","lastTransitionTime":"2024-01-02T03:04:07Z"},
      {"type":"Ready","status":"True","lastTransitionTime":"2024-01-02T03:04:07Z"}],
      "containerStatuses":[{"name":"web","image":"kuard:1","imageID":"kuard:1","containerID":"process://1","ready":true,
      "started":true,"restartCount":0,"state":{"running":{"startedAt":"2024-01-02T03:04:06Z"}},"lastState":{}}]}}
      """;

  private BenchPods() {}

  static String pod(String name, long round) {
    return POD.formatted(name, round);
  }

  static String annotation(long round) {
    return "{\"metadata\":{\"annotations\":{\"round\":\"%d\"}}}".formatted(round);
  }

  /** Makes that many running pods, by sixteen clients. */
  static void fill(ServerProcess server, int count) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    try (ApiCaller caller = server.caller()) {
      Thread[] threads = new Thread[16];
      for (int i = 0; i < threads.length; i++) {
        threads[i] = Thread.ofPlatform().start(() -> fill(caller, next, count));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void fill(ApiCaller caller, AtomicInteger next, int count) {
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      String name = "web-5d4f8c7b9-%05d".formatted(i);
      caller.send("POST", PATH, "application/json", pod(name, 0));
      caller.send("PATCH", PATH + "/" + name + "/status", "application/merge-patch+json", STATUS);
    }
  }
}
