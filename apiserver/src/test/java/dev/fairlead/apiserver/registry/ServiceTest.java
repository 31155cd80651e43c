package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.bootstrap.Bootstrap;
import dev.fairlead.store.MemoryStore;
import dev.fairlead.store.Store.KeyValue;
import dev.fairlead.store.Store.RangeRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {
  @AutoClose private final Bench bench = new Bench();

  @Test
  void defaultsAsUpstream() {
    Document made = service("a", "ports: [{port: 80}]");
    assertThat(made.spec().path("clusterIP").asText()).startsWith("10.115.2");
    assertThat(Bench.text(made, "/spec/clusterIPs/0"))
        .isEqualTo(Bench.text(made, "/spec/clusterIP"));
    ObjectNode spec = made.spec().deepCopy();
    spec.remove(List.of("clusterIP", "clusterIPs"));
    assertThat(spec)
        .isEqualTo(
            Bench.document(
                    "{ports: [{port: 80, protocol: TCP, targetPort: 80}], type: ClusterIP,"
                        + " sessionAffinity: None, internalTrafficPolicy: Cluster,"
                        + " ipFamilyPolicy: SingleStack, ipFamilies: [IPv4]}")
                .tree());
    assertThat(Bench.text(made, "/status")).isEqualTo("{\"loadBalancer\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: ClusterIP | spec.ports: Required value",
        "ports: [{port: 0}] | [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]",
        "ports: [{port: 80}, {port: 81, name: b}] | spec.ports[0].name: Required value",
        "ports: [{port: 80, protocol: ICMP}] | spec.ports[0].protocol: Unsupported value: \"ICMP\": supported values: \"SCTP\", \"TCP\", \"UDP\"",
        "type: Weird, ports: [{port: 80}] | spec.type: Unsupported value: \"Weird\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
        "type: ExternalName | spec.externalName: Required value",
        "clusterIP: '1.2.3.4', ports: [{port: 80}] | spec.clusterIPs: Invalid value: [\"1.2.3.4\"]: failed to allocate IP 1.2.3.4: the provided IP (1.2.3.4) is not in the valid range. The range of valid IPs is 10.115.240.0/20",
        "ports: [{port: 80, nodePort: 30080}] | spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
        "type: NodePort, ports: [{port: 80, nodePort: 80}] | spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767",
      })
  void refusesAsUpstream(String spec, String why) {
    assertThatThrownBy(() -> service("a", spec)).hasMessage("Service \"a\" is invalid: " + why);
  }

  @Test
  void nameMustBeALabelThatStartsWithALetter() {
    assertThatThrownBy(() -> service("1a", "ports: [{port: 80}]"))
        .hasMessageContaining("metadata.name: Invalid value: \"1a\": a DNS-1035 label must");
  }

  @Test
  void takenAddressAndPortAreRefused() {
    service(
        "a", "clusterIP: '10.115.240.77', type: NodePort, ports: [{port: 80, nodePort: 30080}]");
    assertThatThrownBy(() -> service("b", "clusterIP: '10.115.240.77', ports: [{port: 80}]"))
        .hasMessageEndingWith(
            "failed to allocate IP 10.115.240.77: provided IP is already allocated");
    assertThatThrownBy(() -> service("b", "type: NodePort, ports: [{port: 80, nodePort: 30080}]"))
        .hasMessageEndingWith(
            "spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated");
  }

  @Test
  void deletedServiceGivesBackWhatItHeld() {
    service(
        "a", "clusterIP: '10.115.240.77', type: NodePort, ports: [{port: 80, nodePort: 30080}]");
    delete("a");
    service(
        "b", "clusterIP: '10.115.240.77', type: NodePort, ports: [{port: 80, nodePort: 30080}]");
  }

  @Test
  void putWithoutAddressesKeepsThem() {
    Document made = service("a", "type: NodePort, ports: [{port: 80}]");
    Document put =
        bench.update(
            Kinds.SERVICE,
            Bench.document(
                "{metadata: {name: a, namespace: default}, spec: {type: NodePort, ports: [{port: 80}]}}"));
    assertThat(put.spec()).isEqualTo(made.spec());
  }

  @Test
  void typeChangesTakeAndGiveBack() {
    Document made = service("a", "type: NodePort, ports: [{port: 80, nodePort: 30080}]");
    Document plain =
        bench.update(
            Kinds.SERVICE, made.with(t -> ((ObjectNode) t.get("spec")).put("type", "ClusterIP")));
    assertThat(plain.spec().path("ports").get(0).has("nodePort")).isFalse();
    assertThat(plain.spec().has("externalTrafficPolicy")).isFalse();
    Document external =
        bench.update(
            Kinds.SERVICE,
            plain.with(t ->
                ((ObjectNode) t.get("spec"))
                    .put("type", "ExternalName")
                    .put("externalName", "example.com")));
    assertThat(external.spec().has("clusterIP")).isFalse();
    assertThat(allocations()).isEmpty();
    Document back =
        bench.update(
            Kinds.SERVICE,
            external.with(
                t -> ((ObjectNode) t.get("spec")).put("type", "ClusterIP").remove("externalName")));
    assertThat(back.spec().path("clusterIP").asText()).startsWith("10.115.2");
  }

  @Test
  void clusterIpIsImmutable() {
    Document made = service("a", "clusterIP: '10.115.240.77', ports: [{port: 80}]");
    assertThatThrownBy(() ->
            bench.update(
                Kinds.SERVICE,
                made.with(t -> {
                  ObjectNode spec = (ObjectNode) t.get("spec");
                  spec.put("clusterIP", "10.115.240.78");
                  spec.putArray("clusterIPs").add("10.115.240.78");
                })))
        .hasMessageContaining(
            "spec.clusterIPs[0]: Invalid value: [\"10.115.240.78\"]: may not change once set");
  }

  @Test
  void clusterIpChangedAlone_meansTheListToo() {
    Document made = service("a", "clusterIP: '10.115.240.77', ports: [{port: 80}]");
    assertThatThrownBy(() ->
            bench.update(
                Kinds.SERVICE,
                made.with(t -> ((ObjectNode) t.get("spec")).put("clusterIP", "10.115.240.78"))))
        .hasMessageContaining("may not change once set")
        .hasMessageNotContaining("first value must match");
    Document cleared =
        bench.update(
            Kinds.SERVICE, made.with(t -> ((ObjectNode) t.get("spec")).put("clusterIP", "")));
    assertThat(cleared.spec().path("clusterIP").asText()).isEqualTo("10.115.240.77");
    assertThat(cleared.spec().path("clusterIPs").path(0).asText()).isEqualTo("10.115.240.77");
  }

  @Test
  void headlessHasNoAddress() {
    Document made = service("a", "clusterIP: None, selector: {app: a}");
    assertThat(Bench.text(made, "/spec/clusterIPs")).isEqualTo("[\"None\"]");
    assertThat(allocations()).isEmpty();
  }

  @Test
  void noAddressIsHandedOutTwice() throws Exception {
    List<Callable<Document>> work = new ArrayList<>();
    for (int i = 0; i < 64 * 8; i++) {
      String name = "s" + i;
      work.add(() -> service(name, "type: NodePort, ports: [{port: 80}]"));
    }
    HashSet<String> addresses = new HashSet<>();
    HashSet<String> ports = new HashSet<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(64)) {
      for (Future<Document> each : pool.invokeAll(work)) {
        addresses.add(Bench.text(each.get(), "/spec/clusterIP"));
        ports.add(Bench.text(each.get(), "/spec/ports/0/nodePort"));
      }
    }
    assertThat(addresses).hasSize(64 * 8);
    assertThat(ports).hasSize(64 * 8);
  }

  @Test
  void fullRangeIsAnInternalError() {
    MemoryStore store = new MemoryStore();
    RegistrySettings small =
        RegistrySettings.DEFAULT.withRanges("10.115.240.0/29", "10.115.240.2", 30_000, 30_001);
    try (Bench tight = new Bench(store, small)) {
      tight.create(Kinds.NAMESPACE, "", "{metadata: {name: default}}");
      for (int i = 0; i < 6; i++) {
        tight.create(
            Kinds.SERVICE,
            "default",
            "{metadata: {name: s%d}, spec: {ports: [{port: 80}]}}".formatted(i));
      }
      assertThatThrownBy(() ->
              tight.create(
                  Kinds.SERVICE, "default", "{metadata: {name: t}, spec: {ports: [{port: 80}]}}"))
          .hasMessage("Internal error occurred: failed to allocate a serviceIP: range is full");
    }
  }

  @Test
  void restartKnowsWhatIsTaken() {
    service("a", "clusterIP: '10.115.240.77', ports: [{port: 80}]");
    try (Registry second =
        new Registry(
            bench.store, RegistrySettings.DEFAULT, () -> Bench.NOW, new java.util.Random(1))) {
      assertThatThrownBy(() ->
              second.create(
                  Target.collection(Kinds.SERVICE, "default"),
                  Bench.document(
                      "{metadata: {name: b}, spec: {clusterIP: '10.115.240.77', ports: [{port: 80}]}}"),
                  dev.fairlead.api.WriteOptions.NONE))
          .hasMessageContaining("provided IP is already allocated");
    }
  }

  @Test
  void bootstrapTwiceIsBootstrapOnce() {
    Bootstrap.run(bench.registry, RegistrySettings.DEFAULT);
    long revision = bench.store.revision();
    Bootstrap.run(bench.registry, RegistrySettings.DEFAULT);
    assertThat(bench.store.revision()).isEqualTo(revision);
    assertThat(Bench.text(bench.get(Kinds.SERVICE, "default", "kubernetes"), "/spec/clusterIP"))
        .isEqualTo("\"10.115.240.1\"");
    assertThat(Bench.text(bench.get(Kinds.SERVICE, "kube-system", "kube-dns"), "/spec/clusterIP"))
        .isEqualTo("\"10.115.240.10\"");
    Bootstrap.run(bench.registry, RegistrySettings.DEFAULT.withAdvertise("10.111.0.9", 7443));
    assertThat(
            Bench.text(
                bench.get(Kinds.ENDPOINT_SLICE, "default", "kubernetes"), "/endpoints/0/addresses"))
        .isEqualTo("[\"10.111.0.9\"]");
    assertThat(bench.registry.list(Target.all(Kinds.NAMESPACE), ListOptions.ALL).items())
        .hasSize(4);
  }

  /** The keys of all addresses and node ports in use. */
  private List<String> allocations() {
    return Stream.of("/registry/fairlead/", "/registry/ipaddresses/")
        .flatMap(prefix -> bench.store.range(RangeRequest.prefix(prefix)).items().stream())
        .map(KeyValue::key)
        .toList();
  }

  private Document service(String name, String spec) {
    return bench.create(
        Kinds.SERVICE, "default", "{metadata: {name: '%s'}, spec: {%s}}".formatted(name, spec));
  }

  private void delete(String name) {
    bench.registry.delete(Target.object(Kinds.SERVICE, "default", name), DeleteOptions.NONE);
  }
}
