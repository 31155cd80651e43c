package dev.fairlead.cluster;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.certs.Issued;
import dev.fairlead.client.ApiEventRecorder;
import dev.fairlead.client.ClientSettings;
import dev.fairlead.client.HttpKubeApi;
import dev.fairlead.client.InformerFactory;
import dev.fairlead.discovery.LiveDiscovery;
import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.kubelet.Kubelet;
import dev.fairlead.kubelet.KubeletSettings;
import dev.fairlead.kubelet.network.SimulatedNodeNetwork;
import dev.fairlead.kubelet.runtime.SimulatedRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One pod that becomes ready and unready, over and over: from the client's request through kubelet
 * and controllers to what proxies are told. The JVM remembers which methods were hot (JEP 515), so
 * a cluster answers its first changes sooner.
 */
final class ReadinessTraining implements AutoCloseable {
  private static final int FLIPS = 60;
  private static final int PATIENCE_SECONDS = 60;
  private static final String NODE = "node-1";
  private static final String GATE = "trained.fairlead.dev/ready";
  private static final ObjectKey SERVICE = new ObjectKey("default", "trained");
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: trained, namespace: default}
      spec:
        replicas: 1
        selector: {matchLabels: {app: trained}}
        template:
          metadata: {labels: {app: trained}}
          spec:
            automountServiceAccountToken: false
            readinessGates: [{conditionType: %s}]
            containers: [{name: kuard, image: kuard, ports: [{containerPort: 8080}]}]
      """
          .formatted(GATE);
  private static final String SERVICE_YAML =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: trained, namespace: default}
      spec: {selector: {app: trained}, ports: [{port: 8080}]}
      """;

  private final CloseStack parts = new CloseStack();
  private final KubeApi api;
  private final InformerFactory informers;
  private final BlockingQueue<Boolean> ready = new LinkedBlockingQueue<>();

  /**
   * A node that only pretends, and what a proxy listens to.
   *
   * @param url of the API server
   * @param state the kubelet's folder
   */
  ReadinessTraining(ControlPlane plane, URI url, Path state) throws IOException {
    KubeApi node = plane.apiAs("system:node:" + NODE, "system:nodes");
    Clock clock = Clock.systemUTC();
    ApiEventRecorder events = parts.add(ApiEventRecorder.start(node, NODE, clock));
    Kubelet kubelet =
        parts.add(
            new Kubelet(
                node,
                KubeletSettings.of(NODE, "127.0.0.1", "", state),
                new SimulatedNodeNetwork(),
                new SimulatedRuntime(),
                events.as("kubelet"),
                clock));
    informers = parts.add(new InformerFactory(plane.apiAs("system:kube-proxy", "system:nodes")));
    LiveDiscovery discovery =
        parts.add(
            LiveDiscovery.start(
                informers.informer(Kinds.SERVICE), informers.informer(Kinds.ENDPOINT_SLICE)));
    discovery.subscribe(delta -> {
      ServiceImage service = delta.image().services().get(SERVICE);
      if (service != null) {
        ready.add(service.endpoints().stream().anyMatch(ServiceImage.Endpoint::ready));
      }
    });
    api = parts.add(new HttpKubeApi(settings(plane, url), "trainer"));
    kubelet.start();
  }

  private static ClientSettings settings(ControlPlane plane, URI url) {
    Issued trainer = plane.authority().issueUser("trainer", List.of("system:masters"));
    return new ClientSettings(
        url,
        plane.authority().certificatePem(),
        trainer.certificatePem(),
        trainer.keyPem(),
        "",
        "default");
  }

  /**
   * Goes through it all.
   *
   * @throws IOException when something does not happen in time
   */
  void run() throws IOException, InterruptedException {
    create(Target.collection(Kinds.DEPLOYMENT, "default"), DEPLOYMENT);
    create(Target.collection(Kinds.SERVICE, "default"), SERVICE_YAML);
    Target status = Target.object(Kinds.POD, runningPod()).sub("status");
    for (int flip = 0; flip < FLIPS; flip++) {
      boolean wanted = flip % 2 == 0;
      api.patch(status, condition(wanted ? "True" : "False"), WriteOptions.NONE);
      await(wanted);
    }
  }

  private void await(boolean wanted) throws IOException, InterruptedException {
    Boolean now = null;
    do {
      now = ready.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (now == null) {
        throw new IOException("training: a pod's readiness does not reach discovery");
      }
    } while (now != wanted);
  }

  private void create(Target place, String yaml) {
    api.create(place, document(yaml), WriteOptions.NONE);
  }

  private static Document document(String yaml) {
    return Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static Patch condition(String value) {
    String patch = "{status: {conditions: [{type: %s, status: '%s'}]}}".formatted(GATE, value);
    return new Patch(Patch.Type.STRATEGIC_MERGE, document(patch).tree());
  }

  private ObjectKey runningPod() throws IOException, InterruptedException {
    CompletableFuture<ObjectKey> running = new CompletableFuture<>();
    informers
        .informer(Kinds.POD)
        .addListener((before, after) -> {
          if (after != null && after.status().path("phase").asText("").equals("Running")) {
            running.complete(after.key());
          }
        });
    try {
      return running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("training: the pod does not run", e);
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
