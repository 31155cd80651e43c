package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: 'kuard:blue',"
          + " ports: [{containerPort: 8080}], readinessProbe: {httpGet: {path: '/ready', port: 8080}}}]}}";
  private static final String DEPLOYMENT =
      "{metadata: {name: d}, spec: {selector: {matchLabels: {app: d}}, template:"
          + " {metadata: {creationTimestamp: null, labels: {app: d}}, spec: {containers: [{name: c, image: kuard}]}}}}";

  @AutoClose private final Bench bench = new Bench();

  @Test
  void podDefaultsAsUpstream() {
    Document pod = bench.create(Kinds.POD, "default", POD);
    assertThat(Bench.text(pod, "/spec/restartPolicy")).isEqualTo("\"Always\"");
    assertThat(Bench.text(pod, "/spec/dnsPolicy")).isEqualTo("\"ClusterFirst\"");
    assertThat(Bench.text(pod, "/spec/terminationGracePeriodSeconds")).isEqualTo("30");
    assertThat(Bench.text(pod, "/spec/enableServiceLinks")).isEqualTo("true");
    assertThat(Bench.text(pod, "/spec/containers/0/imagePullPolicy")).isEqualTo("\"IfNotPresent\"");
    assertThat(Bench.text(pod, "/spec/containers/0/ports/0/protocol")).isEqualTo("\"TCP\"");
    assertThat(pod.tree().at("/spec/containers/0/readinessProbe"))
        .isEqualTo(
            Bench.document(
                    "{httpGet: {path: '/ready', port: 8080, scheme: HTTP}, timeoutSeconds: 1,"
                        + " periodSeconds: 10, successThreshold: 1, failureThreshold: 3}")
                .tree());
    assertThat(Bench.text(pod, "/status"))
        .isEqualTo("{\"phase\":\"Pending\",\"qosClass\":\"BestEffort\"}");
  }

  @Test
  void podSpecIsFixedButForTheImage() {
    Document pod = bench.create(Kinds.POD, "default", POD);
    Document changed =
        bench.update(
            Kinds.POD,
            pod.with(t -> ((ObjectNode) t.at("/spec/containers/0")).put("image", "kuard:green")));
    assertThat(changed.meta().generation()).isEqualTo(2);
    assertThatThrownBy(() ->
            bench.update(
                Kinds.POD, changed.with(t -> ((ObjectNode) t.get("spec")).put("hostname", "x"))))
        .hasMessageContaining("spec: Forbidden: pod updates may not change fields other than");
  }

  @Test
  void aPodWrittenAgainAsItWasSentKeepsTheTolerationsItWasGiven() {
    String manifest =
        "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default, labels: {a: %s}}, spec: {containers: [{name: c, image: i}]}}";
    Document made = bench.create(Kinds.POD, "default", manifest.formatted("b"));
    Document again = bench.update(Kinds.POD, Bench.document(manifest.formatted("c")));
    assertThat(again.spec()).isEqualTo(made.spec());
    assertThat(again.spec().path("tolerations")).hasSize(2);
    assertThat(again.meta().labels()).containsEntry("a", "c");
  }

  @Test
  void bindingOnce() {
    bench.create(Kinds.POD, "default", POD);
    Document bound = bind("node-1");
    assertThat(Bench.text(bound, "/code")).isEqualTo("201");
    Document pod = bench.get(Kinds.POD, "default", "p");
    assertThat(Bench.text(pod, "/spec/nodeName")).isEqualTo("\"node-1\"");
    assertThat(Bench.text(pod, "/status/conditions/0/type")).isEqualTo("\"PodScheduled\"");
    assertThatThrownBy(() -> bind("node-2"))
        .hasMessage(
            "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"node-1\"");
  }

  @Test
  void unscheduledPodGoesAtOnceAndScheduledWithGrace() {
    bench.create(Kinds.POD, "default", POD);
    assertThat(delete(DeleteOptions.NONE).meta().deleting()).isFalse();
    bench.create(Kinds.POD, "default", POD);
    bind("node-1");
    Document ending = delete(DeleteOptions.NONE);
    assertThat(ending.meta().deletionTimestamp()).isEqualTo(Bench.NOW.plusSeconds(30));
    assertThat(ending.meta().deletionGracePeriodSeconds()).isEqualTo(30);
    long revision = bench.store.revision();
    assertThat(delete(DeleteOptions.NONE)).isEqualTo(ending);
    assertThat(bench.store.revision()).isEqualTo(revision);
    assertThat(delete(DeleteOptions.now()).name()).isEqualTo("p");
    assertThatThrownBy(() -> delete(DeleteOptions.NONE)).hasMessage("pods \"p\" not found");
  }

  @Test
  void deploymentDefaultsAsUpstream() {
    Document made = bench.create(Kinds.DEPLOYMENT, "default", DEPLOYMENT);
    assertThat(Bench.text(made, "/spec/replicas")).isEqualTo("1");
    assertThat(Bench.text(made, "/spec/strategy"))
        .isEqualTo(
            "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}");
    assertThat(Bench.text(made, "/spec/revisionHistoryLimit")).isEqualTo("10");
    assertThat(Bench.text(made, "/spec/progressDeadlineSeconds")).isEqualTo("600");
    assertThat(Bench.text(made, "/spec/template/spec/containers/0/imagePullPolicy"))
        .isEqualTo("\"Always\"");
    assertThat(made.spec().path("template").path("spec").has("enableServiceLinks")).isFalse();
    assertThat(made.meta().generation()).isEqualTo(1);
    assertThat(Bench.text(made, "/status")).isEqualTo("{}");
  }

  @Test
  void selectorMustMatchAndStay() {
    assertThatThrownBy(() ->
            bench.create(
                Kinds.DEPLOYMENT,
                "default",
                DEPLOYMENT.replace("labels: {app: d}", "labels: {app: e}")))
        .hasMessage(
            "Deployment.apps \"d\" is invalid: spec.template.metadata.labels: Invalid value: {\"app\":\"e\"}: `selector` does not match template `labels`");
    Document made = bench.create(Kinds.DEPLOYMENT, "default", DEPLOYMENT);
    assertThatThrownBy(() ->
            bench.update(
                Kinds.DEPLOYMENT,
                made.with(t -> {
                  ((ObjectNode) t.at("/spec/selector/matchLabels")).put("app", "x");
                  ((ObjectNode) t.at("/spec/template/metadata/labels")).put("app", "x");
                })))
        .hasMessageContaining(
            "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"x\"}}: field is immutable");
  }

  @Test
  void statusAndSpecAreWrittenApart() {
    Document made = bench.create(Kinds.DEPLOYMENT, "default", DEPLOYMENT);
    Document both =
        made.with(t -> {
          ((ObjectNode) t.get("spec")).put("replicas", 3);
          t.putObject("status").put("replicas", 2);
        });
    Document status = bench.status(Kinds.DEPLOYMENT, both);
    assertThat(Bench.text(status, "/spec/replicas")).isEqualTo("1");
    assertThat(Bench.text(status, "/status/replicas")).isEqualTo("2");
    assertThat(status.meta().generation()).isEqualTo(1);
    Document spec =
        bench.update(
            Kinds.DEPLOYMENT,
            status.with(t -> {
              ((ObjectNode) t.get("spec")).put("replicas", 3);
              t.putObject("status").put("replicas", 9);
            }));
    assertThat(Bench.text(spec, "/spec/replicas")).isEqualTo("3");
    assertThat(Bench.text(spec, "/status/replicas")).isEqualTo("2");
    assertThat(spec.meta().generation()).isEqualTo(2);
  }

  @Test
  void scaleReadsAndWritesReplicas() {
    bench.create(Kinds.DEPLOYMENT, "default", DEPLOYMENT);
    Target scale = Target.object(Kinds.DEPLOYMENT, "default", "d").sub("scale");
    Document read = bench.registry.get(scale);
    assertThat(Bench.text(read, "/status/selector")).isEqualTo("\"app=d\"");
    Document written =
        bench.registry.update(
            scale, read.with(t -> t.putObject("spec").put("replicas", 4)), WriteOptions.NONE);
    assertThat(Bench.text(written, "/spec/replicas")).isEqualTo("4");
    assertThat(Bench.text(bench.get(Kinds.DEPLOYMENT, "default", "d"), "/spec/replicas"))
        .isEqualTo("4");
    assertThatThrownBy(() -> bench.registry.update(scale, read, WriteOptions.NONE))
        .matches(e -> ((ApiException) e).isConflict());
  }

  @Test
  void namespaceEndsWithItsFinalizer() {
    bench.create(Kinds.NAMESPACE, "", "{metadata: {name: team}}");
    Target target = Target.object(Kinds.NAMESPACE, "", "team");
    Document ending = bench.registry.delete(target, DeleteOptions.NONE);
    assertThat(Bench.text(ending, "/status/phase")).isEqualTo("\"Terminating\"");
    assertThat(ending.meta().deletionGracePeriodSeconds()).isNull();
    assertThatThrownBy(() -> bench.create(Kinds.CONFIG_MAP, "team", "{metadata: {name: a}}"))
        .hasMessage(
            "configmaps \"a\" is forbidden: unable to create new content in namespace team because it is being terminated");
    bench.registry.update(
        target.sub("finalize"),
        ending.with(t -> ((ObjectNode) t.get("spec")).remove("finalizers")),
        WriteOptions.NONE);
    assertThatThrownBy(() -> bench.get(Kinds.NAMESPACE, "", "team"))
        .hasMessage("namespaces \"team\" not found");
  }

  @Test
  void finalizersHoldAnObjectBack() {
    Document made =
        bench.create(
            Kinds.CONFIG_MAP, "default", "{metadata: {name: a, finalizers: ['example.com/x']}}");
    Target target = Target.object(Kinds.CONFIG_MAP, "default", "a");
    Document ending = bench.registry.delete(target, DeleteOptions.NONE);
    assertThat(ending.meta().deleting()).isTrue();
    bench.update(
        Kinds.CONFIG_MAP, ending.with(t -> ((ObjectNode) t.get("metadata")).remove("finalizers")));
    assertThatThrownBy(() -> bench.registry.get(target)).hasMessageContaining("not found");
    assertThat(made.meta().deleting()).isFalse();
  }

  private Document bind(String node) {
    return bench.registry.create(
        Target.object(Kinds.POD, "default", "p").sub("binding"),
        Bench.document(
            "{apiVersion: v1, kind: Binding, metadata: {name: p}, target: {kind: Node, name: '%s'}}"
                .formatted(node)),
        WriteOptions.NONE);
  }

  private Document delete(DeleteOptions options) {
    return bench.registry.delete(Target.object(Kinds.POD, "default", "p"), options);
  }
}
