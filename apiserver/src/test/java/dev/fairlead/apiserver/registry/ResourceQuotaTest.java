package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceQuotaTest {
  private static final String CONTAINER = "{containers: [{name: c, image: i%s}]%s}";

  @AutoClose private final Bench bench = new Bench();

  @Test
  void whatIsMadeIsAddedInTheSameTransaction() {
    quota("pods: 2, requests.cpu: 1, count/pods: 5", "");
    Document pod = pod("a", ", resources: {requests: {cpu: 300m}}", "");
    Document quota = bench.get(Kinds.RESOURCE_QUOTA, "default", "q");
    assertThat(Bench.text(quota, "/status/used"))
        .isEqualTo("{\"count/pods\":\"1\",\"pods\":\"1\",\"requests.cpu\":\"300m\"}");
    assertThat(quota.meta().resourceVersion()).isEqualTo(pod.meta().resourceVersion());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pods: 0                        | ''                                     | exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0
          requests.cpu: 1                | ''                                     | failed quota: q: must specify requests.cpu for: c
          limits.cpu: 1, limits.memory: 1Gi | ', resources: {limits: {cpu: 1}}'   | failed quota: q: must specify limits.memory for: c
          cpu: 1, pods: 9                | ', resources: {requests: {cpu: 1500m}}' | exceeded quota: q, requested: cpu=1500m, used: cpu=0, limited: cpu=1
          requests.example.com/fpga: 1   | ', resources: {limits: {example.com/fpga: 2}}' | exceeded quota: q, requested: requests.example.com/fpga=2, used: requests.example.com/fpga=0, limited: requests.example.com/fpga=1
          """)
  void podsThatDoNotFitAreRefused(String hard, String resources, String why) {
    quota(hard, "");
    assertThatThrownBy(() -> pod("p", resources, "")).hasMessage("pods \"p\" is forbidden: " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scopes: [BestEffort]        | ''                                   | ''                              | true
          scopes: [BestEffort]        | ', resources: {requests: {cpu: 1}}'  | ''                              | false
          scopes: [NotBestEffort]     | ', resources: {requests: {cpu: 1}}'  | ''                              | true
          scopes: [Terminating]       | ''                                   | ''                              | false
          scopes: [Terminating]       | ''                                   | ', activeDeadlineSeconds: 5'    | true
          scopes: [NotTerminating]    | ''                                   | ', activeDeadlineSeconds: 5'    | false
          'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}'    | '' | ''                          | false
          'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}'    | '' | ', priorityClassName: high' | true
          'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: NotIn, values: [high]}]}' | '' | ''                          | true
          'scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: Exists}]}'                | '' | ''                          | false
          """)
  void scopesChooseThePods(String scopes, String resources, String spec, boolean counted) {
    bench.create(Kinds.PRIORITY_CLASS, "", "{metadata: {name: high}, value: 5}");
    quota("pods: 9", ", " + scopes);
    pod("p", resources, spec);
    assertThat(used("pods")).isEqualTo(counted ? "1" : "0");
  }

  @Test
  void otherKindsCountByTheirName() {
    quota("count/deployments.apps: 0, configmaps: 1, count/configmaps: 9, secrets: 0", "");
    bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: a}}");
    assertThatThrownBy(() -> bench.create(Kinds.CONFIG_MAP, "default", "{metadata: {name: b}}"))
        .hasMessage(
            "configmaps \"b\" is forbidden: exceeded quota: q, requested: configmaps=1, used: configmaps=1, limited: configmaps=1");
    assertThatThrownBy(() -> bench.create(Kinds.SECRET, "default", "{metadata: {name: s}}"))
        .hasMessage(
            "secrets \"s\" is forbidden: exceeded quota: q, requested: secrets=1, used: secrets=0, limited: secrets=0");
    assertThatThrownBy(() ->
            bench.create(
                Kinds.DEPLOYMENT,
                "default",
                "{metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: %s}}}"
                    .formatted(CONTAINER.formatted("", ""))))
        .hasMessage(
            "deployments.apps \"d\" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=0, limited: count/deployments.apps=0");
  }

  @Test
  void aServiceIsChargedForWhatItBecomes() {
    quota("services: 5, services.nodeports: 1, services.loadbalancers: 0", "");
    Document service =
        bench.create(
            Kinds.SERVICE,
            "default",
            "{metadata: {name: s}, spec: {ports: [{name: a, port: 1}, {name: b, port: 2}]}}");
    assertThat(used("services")).isEqualTo("1");
    assertThat(used("services.nodeports")).isEqualTo("0");
    assertThatThrownBy(() -> bench.update(Kinds.SERVICE, type(service, "NodePort")))
        .hasMessage(
            "services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1");
    assertThatThrownBy(() -> bench.update(Kinds.SERVICE, type(service, "LoadBalancer")))
        .hasMessageContaining("requested: services.loadbalancers=1,services.nodeports=2");
  }

  @Test
  void withoutAStatusNothingIsKnownAndNothingRefused() {
    bench.create(Kinds.RESOURCE_QUOTA, "default", "{metadata: {name: q}, spec: {hard: {pods: 0}}}");
    assertThat(pod("p", "", "").name()).isEqualTo("p");
  }

  @Test
  void aDryRunUsesNothing() {
    quota("pods: 1", "");
    Document pod =
        Bench.document("{metadata: {name: p}, spec: %s}".formatted(CONTAINER.formatted("", "")));
    bench.registry.create(
        Target.collection(Kinds.POD, "default"), pod, new WriteOptions(true, "", false));
    assertThat(used("pods")).isEqualTo("0");
  }

  @Test
  void fiftyAtOnceAndTenGetThrough() throws Exception {
    quota("pods: 10", "");
    List<Future<Boolean>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        String name = "p" + i;
        all.add(threads.submit(() -> fits(name)));
      }
    }
    int made = 0;
    for (Future<Boolean> each : all) {
      made += each.get() ? 1 : 0;
    }
    assertThat(made).isEqualTo(10);
    assertThat(used("pods")).isEqualTo("10");
    assertThat(
            bench.registry.list(Target.collection(Kinds.POD, "default"), ListOptions.ALL).items())
        .hasSize(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'hard: {nonsense: 1}'   | 'spec.hard[nonsense]: Invalid value: "nonsense": must be a standard resource type or fully qualified'
          'hard: {pods: -1}'      | 'spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0'
          'hard: {pods: 500m}'    | 'spec.hard[pods]: Invalid value: "500m": must be an integer'
          'hard: {pods: 1}, scopes: [Odd]' | 'spec.scopes: Invalid value: ["Odd"]: unsupported scope'
          'hard: {cpu: 1}, scopes: [BestEffort]' | 'spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource'
          'hard: {pods: 1}, scopes: [Terminating, NotTerminating]' | 'spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes'
          'hard: {pods: 1}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In}]}' | 'spec.scopeSelector.matchExpressions[0].values: Required value: must be at least one value when `operator` is ''In'' or ''NotIn'' for scope selector'
          """)
  void quotasAreValidated(String spec, String why) {
    assertThatThrownBy(() ->
            bench.create(
                Kinds.RESOURCE_QUOTA,
                "default",
                "{metadata: {name: q}, spec: {%s}}".formatted(spec)))
        .hasMessage("ResourceQuota \"q\" is invalid: " + why);
  }

  private boolean fits(String name) {
    try {
      pod(name, "", "");
      return true;
    } catch (ApiException e) {
      assertThat(e.message())
          .isEqualTo(
              "pods \"%s\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=10, limited: pods=10"
                  .formatted(name));
      return false;
    }
  }

  /** A quota whose controller has counted nothing yet. */
  private void quota(String hard, String scopes) {
    Document made =
        bench.create(
            Kinds.RESOURCE_QUOTA,
            "default",
            "{metadata: {name: q}, spec: {hard: {%s}%s}}".formatted(hard, scopes));
    bench.status(
        Kinds.RESOURCE_QUOTA,
        made.with(tree -> {
          ObjectNode status = tree.putObject("status");
          status.set("hard", made.spec().path("hard"));
          ObjectNode used = status.putObject("used");
          made.spec().path("hard").fieldNames().forEachRemaining(name -> used.put(name, "0"));
        }));
  }

  private Document pod(String name, String container, String spec) {
    return bench.create(
        Kinds.POD,
        "default",
        "{metadata: {name: %s}, spec: %s}".formatted(name, CONTAINER.formatted(container, spec)));
  }

  private static Document type(Document service, String type) {
    return service.with(tree -> ((ObjectNode) tree.get("spec")).put("type", type));
  }

  private String used(String resource) {
    return bench
        .get(Kinds.RESOURCE_QUOTA, "default", "q")
        .status()
        .path("used")
        .path(resource)
        .asText();
  }
}
