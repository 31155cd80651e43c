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
import dev.fairlead.store.Store.Operation;
import dev.fairlead.store.Store.RangeRequest;
import dev.fairlead.store.Store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCidrTest {
  /** Room for six Services, two of them those of bootstrap. */
  private static final RegistrySettings SMALL =
      RegistrySettings.DEFAULT.withRanges("10.115.240.0/29", "10.115.240.2", 30_000, 32_767);

  @AutoClose private final Bench bench = new Bench(new MemoryStore(), SMALL);

  ServiceCidrTest() {
    Bootstrap.run(bench.registry, SMALL);
  }

  @Test
  void bootstrapMakesTheDefaultRangeAndItIsReady() {
    Document made = bench.get(Kinds.SERVICE_CIDR, "", "kubernetes");
    assertThat(Bench.text(made, "/spec/cidrs")).isEqualTo("[\"10.115.240.0/29\"]");
    assertThat(made.meta().finalizers())
        .containsExactly("networking.k8s.io/service-cidr-finalizer");
    assertThat(Bench.text(made, "/status/conditions/0/type")).isEqualTo("\"Ready\"");
    assertThat(Bench.text(made, "/status/conditions/0/status")).isEqualTo("\"True\"");
    assertThat(Bench.text(made, "/status/conditions/0/message"))
        .isEqualTo("\"Kubernetes default Service CIDR is ready\"");
    assertThat(Bench.text(made, "/metadata/managedFields/0/manager"))
        .isEqualTo("\"kube-apiserver\"");
  }

  @Test
  void everyClusterIpIsAnObjectOfTheSameRevision() {
    Document service = service("a", "clusterIP: 10.115.240.5, ports: [{port: 80}]");
    Document address = bench.get(Kinds.IP_ADDRESS, "", "10.115.240.5");
    assertThat(Bench.text(address, "/spec/parentRef"))
        .isEqualTo("{\"resource\":\"services\",\"namespace\":\"default\",\"name\":\"a\"}");
    assertThat(address.meta().labels())
        .containsEntry("ipaddress.kubernetes.io/ip-family", "IPv4")
        .containsEntry("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io");
    assertThat(address.meta().uid()).isNotEmpty();
    assertThat(address.meta().resourceVersion()).isEqualTo(service.meta().resourceVersion());
    assertThat(bench.store.range(RangeRequest.key("/registry/ipaddresses/10.115.240.5")).items())
        .hasSize(1);
    delete("a");
    assertThat(addresses()).containsExactlyInAnyOrder("10.115.240.1", "10.115.240.2");
  }

  @Test
  void anAddedRangeAddsAddressesAtOnce() {
    for (String name : List.of("a", "b", "c", "d")) {
      service(name, "ports: [{port: 80}]");
    }
    assertThatThrownBy(() -> service("e", "ports: [{port: 80}]"))
        .hasMessageContaining("range is full");
    serviceCidr("more", "cidrs: [10.116.0.0/28]");
    assertThat(Bench.text(service("e", "ports: [{port: 80}]"), "/spec/clusterIP"))
        .startsWith("\"10.116.0.");
    service("f", "clusterIP: 10.116.0.14, ports: [{port: 80}]");
    assertThatThrownBy(() -> service("g", "clusterIP: 10.116.0.15, ports: [{port: 80}]"))
        .hasMessageContaining(
            "the provided IP (10.116.0.15) is not in the valid range. The range of valid IPs is"
                + " 10.115.240.0/29, 10.116.0.0/28");
  }

  @Test
  void theLowerBandOfEachRangeIsForThoseWhoAsk() {
    for (String name : List.of("a", "b", "c", "d")) {
      service(name, "ports: [{port: 80}]");
    }
    serviceCidr("more", "cidrs: [10.116.0.0/26]");
    for (int i = 0; i < 62 - 16; i++) {
      String address = Bench.text(service("s" + i, "ports: [{port: 80}]"), "/spec/clusterIP");
      assertThat(Integer.parseInt(address.replaceAll(".*\\.|\"", ""))).isGreaterThan(16);
    }
    String last = Bench.text(service("last", "ports: [{port: 80}]"), "/spec/clusterIP");
    assertThat(Integer.parseInt(last.replaceAll(".*\\.|\"", ""))).isLessThanOrEqualTo(16);
  }

  @Test
  void noNewAddressComesFromARangeThatGoesOrIsNotReady() {
    serviceCidr("more", "cidrs: [10.116.0.0/28]");
    service("a", "clusterIP: 10.116.0.1, ports: [{port: 80}]");
    bench.registry.delete(Target.object(Kinds.SERVICE_CIDR, "", "more"), DeleteOptions.NONE);
    assertThat(bench.get(Kinds.SERVICE_CIDR, "", "more").meta().deleting()).isTrue();
    assertThatThrownBy(() -> service("b", "clusterIP: 10.116.0.2, ports: [{port: 80}]"))
        .hasMessageContaining("is not in the valid range. The range of valid IPs is 10.");
    Document other = serviceCidr("other", "cidrs: [10.117.0.0/28]");
    bench.status(
        Kinds.SERVICE_CIDR,
        other.with(tree ->
            ((ObjectNode) tree.get("status"))
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "False")));
    assertThatThrownBy(() -> service("b", "clusterIP: 10.117.0.2, ports: [{port: 80}]"))
        .hasMessageContaining("is not in the valid range. The range of valid IPs is 10.");
  }

  @Test
  void whileARangeGoesNoAddressIsTakenBehindItsBack() throws Exception {
    serviceCidr("more", "cidrs: [10.116.0.0/24]");
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      String spec = "clusterIP: 10.116.0.%d, ports: [{port: 80}]".formatted(i);
      String name = "s" + i;
      work.add(() -> service(name, spec).meta().resourceVersion());
    }
    work.add(
        50,
        () ->
            bench
                .registry
                .delete(Target.object(Kinds.SERVICE_CIDR, "", "more"), DeleteOptions.NONE)
                .meta()
                .resourceVersion());
    List<Long> taken = new ArrayList<>();
    long gone;
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<String>> results = pool.invokeAll(work);
      gone = Long.parseLong(results.get(50).get());
      for (int i = 0; i < results.size(); i++) {
        if (i != 50 && results.get(i).state() == Future.State.SUCCESS) {
          taken.add(Long.parseLong(results.get(i).get()));
        }
      }
    }
    assertThat(taken).allMatch(revision -> revision < gone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          cidrs: [] | spec.cidrs: Required value: at least one CIDR required
          cidrs: [10.0.0.0/8, "fd00::/64", 11.0.0.0/8] | spec.cidrs: Invalid value: {"cidrs":["10.0.0.0/8","fd00::/64","11.0.0.0/8"]}: may only hold up to 2 values
          cidrs: [10.0.0.0/8, 11.0.0.0/8] | spec.cidrs: Invalid value: ["10.0.0.0/8","11.0.0.0/8"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64
          cidrs: [10.0.0.0] | spec.cidrs[0]: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
          cidrs: [10.0.0.1/8] | spec.cidrs[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length
          cidrs: [010.0.0.0/8] | spec.cidrs[0]: Invalid value: "010.0.0.0/8": must not have leading 0s in IP or prefix length
          cidrs: ["fd00::/64"] | spec.cidrs[0]: Invalid value: "fd00::/64": IPv6 is not configured on this cluster
          """)
  void rangesAreRefusedAsUpstream(String spec, String why) {
    assertThatThrownBy(() -> serviceCidr("a", spec))
        .hasMessage("ServiceCIDR.networking.k8s.io \"a\" is invalid: " + why);
  }

  @Test
  void rangesNeverChange() {
    Document made = serviceCidr("a", "cidrs: [10.116.0.0/28]");
    Document changed =
        made.with(tree -> ((ObjectNode) tree.get("spec")).putArray("cidrs").add("10.117.0.0/28"));
    assertThatThrownBy(() -> bench.update(Kinds.SERVICE_CIDR, changed))
        .hasMessage(
            "ServiceCIDR.networking.k8s.io \"a\" is invalid: spec.cidrs[0]: Invalid value:"
                + " \"10.117.0.0/28\": field is immutable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          x | parentRef: {resource: services, name: a} | metadata.name: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          "2001:DB8::1" | parentRef: {resource: services, name: a} | metadata.name: Invalid value: "2001:DB8::1": must be in canonical form ("2001:db8::1")
          1.2.3.4 | {} | spec.parentRef: Required value
          1.2.3.4 | parentRef: {name: a} | spec.parentRef.resource: Required value
          1.2.3.4 | parentRef: {resource: s/t} | [spec.parentRef.resource: Invalid value: "s/t": may not contain '/', spec.parentRef.name: Required value]
          1.2.3.4 | parentRef: {group: A, resource: s, name: a, namespace: ..} | [spec.parentRef.group: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.parentRef.namespace: Invalid value: "..": may not be '..']
          """)
  void addressesAreRefusedAsUpstream(String name, String spec, String why) {
    assertThatThrownBy(() -> address(name, spec))
        .hasMessage(
            "IPAddress.networking.k8s.io %s is invalid: %s"
                .formatted(name.startsWith("\"") ? name : '"' + name + '"', why));
  }

  @Test
  void anAddressThatSomebodyElseHoldsIsTaken() {
    Document made = address("10.115.240.6", "parentRef: {group: a.b, resource: gateways, name: g}");
    assertThatThrownBy(() -> service("a", "clusterIP: 10.115.240.6, ports: [{port: 80}]"))
        .hasMessageContaining(
            "failed to allocate IP 10.115.240.6: provided IP is already allocated");
    Document moved = made.with(t -> ((ObjectNode) t.at("/spec/parentRef")).put("name", "h"));
    assertThatThrownBy(() -> bench.update(Kinds.IP_ADDRESS, moved))
        .hasMessageContaining("field is immutable");
  }

  @Test
  void aStoreFromBeforeTheseObjectsIsRepairedAtStart() {
    service("a", "clusterIP: 10.115.240.5, ports: [{port: 80}]");
    byte[] holder = "{}".getBytes(StandardCharsets.UTF_8);
    bench.store.commit(
        new Transaction(
            List.of(),
            List.of(
                new Operation.Delete("/registry/ipaddresses/10.115.240.5"),
                new Operation.Put("/registry/fairlead/clusterips/10.115.240.5", holder)),
            List.of()));
    try (Registry second =
        new Registry(bench.store, SMALL, () -> Bench.NOW, new java.util.Random(1))) {
      Bootstrap.run(second, SMALL);
      Document repaired = second.get(Target.object(Kinds.IP_ADDRESS, "", "10.115.240.5"));
      assertThat(Bench.text(repaired, "/spec/parentRef/name")).isEqualTo("\"a\"");
    }
    assertThat(bench.store.range(RangeRequest.prefix("/registry/fairlead/clusterips/")).items())
        .isEmpty();
  }

  private List<String> addresses() {
    return bench.registry.list(Target.all(Kinds.IP_ADDRESS), ListOptions.ALL).items().stream()
        .map(Document::name)
        .toList();
  }

  private Document service(String name, String spec) {
    return bench.create(
        Kinds.SERVICE, "default", "{metadata: {name: '%s'}, spec: {%s}}".formatted(name, spec));
  }

  private Document serviceCidr(String name, String spec) {
    return bench.create(
        Kinds.SERVICE_CIDR, "", "{metadata: {name: %s}, spec: {%s}}".formatted(name, spec));
  }

  private Document address(String name, String spec) {
    String inner = spec.equals("{}") ? "" : spec;
    return bench.create(
        Kinds.IP_ADDRESS, "", "{metadata: {name: %s}, spec: {%s}}".formatted(name, inner));
  }

  private void delete(String name) {
    bench.registry.delete(Target.object(Kinds.SERVICE, "default", name), DeleteOptions.NONE);
  }
}
