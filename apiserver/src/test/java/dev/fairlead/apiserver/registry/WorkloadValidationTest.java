package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.patch.Patches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API refuses of workload kinds, in upstream's words (apis/apps/validation). */
class WorkloadValidationTest {
  private static final String TEMPLATE =
      "template: {metadata: {labels: {app: w}}, spec: {containers: [{name: c, image: i}]}}";
  private static final String SELECTED =
      "{metadata: {name: w}, spec: {selector: {matchLabels: {app: w}}, ";

  private static final Map<String, ResourceType> TYPES =
      Map.of(
          "deploy", Kinds.DEPLOYMENT,
          "rs", Kinds.REPLICA_SET,
          "rc", Kinds.REPLICATION_CONTROLLER,
          "pt", Kinds.POD_TEMPLATE,
          "sts", Kinds.STATEFUL_SET,
          "ds", Kinds.DAEMON_SET,
          "cr", Kinds.CONTROLLER_REVISION);

  private static final Map<String, String> VALID =
      Map.of(
          "deploy", SELECTED + TEMPLATE + "}}",
          "rs", SELECTED + TEMPLATE + "}}",
          "rc", "{metadata: {name: w}, spec: {" + TEMPLATE + "}}",
          "pt", "{metadata: {name: w}, " + TEMPLATE + "}",
          "sts", SELECTED + "serviceName: w, " + TEMPLATE + "}}",
          "ds", SELECTED + TEMPLATE + "}}",
          "cr", "{metadata: {name: w}, revision: 1, data: {a: 1}}");

  @AutoClose private final Bench bench = new Bench();

  /** A row: kind, merge patch on a valid object, all complaints about the new object. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          deploy | {spec: {replicas: -1}} | spec.replicas: Invalid value: -1: must be greater than or equal to 0
          deploy | {spec: {selector: null}} | spec.selector: Required value ; spec.template.metadata.labels: Invalid value: {"app":"w"}: `selector` does not match template `labels`
          deploy | {spec: {selector: {matchLabels: null}}} | spec.selector: Invalid value: {}: empty selector is invalid for deployment
          deploy | {spec: {selector: {matchExpressions: [{key: app, operator: Foo}]}}} | spec.selector.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator ; spec.selector: Invalid value: {"matchLabels":{"app":"w"},"matchExpressions":[{"key":"app","operator":"Foo"}]}: invalid label selector
          deploy | {spec: {selector: {matchExpressions: [{key: app, operator: In}]}}} | spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn' ; spec.selector: Invalid value: {"matchLabels":{"app":"w"},"matchExpressions":[{"key":"app","operator":"In"}]}: invalid label selector
          deploy | {spec: {template: {metadata: {labels: {app: x}}}}} | spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`
          deploy | {spec: {template: {metadata: {labels: {b: '-'}}}}} | spec.template.labels: Invalid value: "-": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
          deploy | {spec: {template: {spec: {containers: null}}}} | spec.template.spec.containers: Required value
          deploy | {spec: {template: {spec: {restartPolicy: Never}}}} | spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
          deploy | {spec: {template: {spec: {activeDeadlineSeconds: 5}}}} | spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported
          deploy | {spec: {template: {spec: {ephemeralContainers: [{name: e, image: i}]}}}} | spec.template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template
          deploy | {spec: {strategy: {type: Foo}}} | spec.strategy: Unsupported value: {"type":"Foo"}: supported values: "Recreate", "RollingUpdate"
          deploy | {spec: {strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}}} | spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'
          deploy | {spec: {strategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: '0%'}}}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0
          deploy | {spec: {strategy: {rollingUpdate: {maxUnavailable: '101%'}}}} | spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%
          deploy | {spec: {strategy: {rollingUpdate: {maxSurge: '-1%'}}}} | spec.strategy.rollingUpdate.maxSurge: Invalid value: "-1%": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')
          deploy | {spec: {strategy: {rollingUpdate: {maxSurge: -1}}}} | spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0
          deploy | {spec: {minReadySeconds: -1}} | spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0
          deploy | {spec: {minReadySeconds: 600}} | spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds
          deploy | {spec: {revisionHistoryLimit: -1}} | spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0
          rs | {spec: {minReadySeconds: -2, replicas: -1}} | spec.replicas: Invalid value: -1: must be greater than or equal to 0 ; spec.minReadySeconds: Invalid value: -2: must be greater than or equal to 0
          rs | {spec: {selector: {matchLabels: null}}} | spec.selector: Invalid value: {}: empty selector is invalid for deployment
          rs | {spec: {template: {spec: {restartPolicy: OnFailure}}}} | spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"
          rc | {spec: {replicas: -1, minReadySeconds: -1}} | spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0 ; spec.replicas: Invalid value: -1: must be greater than or equal to 0
          rc | {spec: {template: null}} | spec.selector: Required value ; spec.template: Required value
          rc | {spec: {selector: {app: x}}} | spec.template.metadata.labels: Invalid value: {"app":"w"}: `selector` does not match template `labels`
          rc | {spec: {template: {metadata: null}}} | spec.selector: Required value
          rc | {spec: {template: {spec: {restartPolicy: Never}}}} | spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
          rc | {spec: {template: {spec: {activeDeadlineSeconds: 5}}}} | spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicationController is not Supported
          pt | {template: {spec: {containers: null}}} | template.spec.containers: Required value
          sts | {spec: {podManagementPolicy: Foo}} | spec.podManagementPolicy: Invalid value: "Foo": must be 'OrderedReady' or 'Parallel'
          sts | {spec: {updateStrategy: {type: Foo}}} | spec.updateStrategy: Invalid value: {"type":"Foo"}: must be 'RollingUpdate' or 'OnDelete'
          sts | {spec: {updateStrategy: {type: OnDelete, rollingUpdate: {partition: 1}}}} | spec.updateStrategy.rollingUpdate: Invalid value: {"partition":1}: only allowed for updateStrategy 'RollingUpdate'
          sts | {spec: {updateStrategy: {rollingUpdate: {partition: -1}}}} | spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0
          sts | {spec: {persistentVolumeClaimRetentionPolicy: {whenScaled: Foo}}} | spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Foo": supported values: "Retain", "Delete"
          sts | {spec: {replicas: -1, minReadySeconds: -1, ordinals: {start: -1}}} | spec.replicas: Invalid value: -1: must be greater than or equal to 0 ; spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0 ; spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0
          sts | {spec: {serviceName: A}} | spec.serviceName: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
          sts | {spec: {selector: null}} | spec.selector: Required value ; spec.template.metadata.labels: Invalid value: {"app":"w"}: `selector` does not match template `labels`
          sts | {spec: {selector: {matchLabels: null}}} | spec.selector: Invalid value: {}: empty selector is invalid for statefulset
          sts | {spec: {selector: {matchExpressions: [{key: app, operator: Exists, values: [a]}]}}} | spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist' ; spec.selector: Invalid value: {"matchLabels":{"app":"w"},"matchExpressions":[{"key":"app","operator":"Exists","values":["a"]}]}:
          sts | {spec: {template: {spec: {restartPolicy: Never, activeDeadlineSeconds: 5}}}} | spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always" ; spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported
          sts | {spec: {volumeClaimTemplates: [{metadata: {name: data}}]}} | spec.volumeClaimTemplates: Forbidden: persistent volume claims are not served by this cluster; use volumes of the pod template
          sts | {metadata: {name: a.b}} | metadata.name: Invalid value: "a.b": must not contain dots
          ds | {spec: {selector: null}} | spec.template.metadata.labels: Invalid value: {"app":"w"}: `selector` does not match template `labels`
          ds | {spec: {selector: {matchLabels: null}}} | spec.selector: Invalid value: {}: empty selector is invalid for daemonset
          ds | {spec: {selector: {matchExpressions: [{key: app, operator: Foo}]}}} | spec.selector.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator
          ds | {spec: {template: {metadata: {labels: {app: x}}}}} | spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`
          ds | {spec: {template: {spec: {restartPolicy: Never, activeDeadlineSeconds: 5}}}} | spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always" ; spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in DaemonSet is not Supported
          ds | {spec: {minReadySeconds: -1, revisionHistoryLimit: -1}} | spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0 ; spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0
          ds | {spec: {updateStrategy: {type: Foo}}} | spec.updateStrategy: Unsupported value: {"type":"Foo"}: supported values: "RollingUpdate", "OnDelete"
          ds | {spec: {updateStrategy: {rollingUpdate: {maxUnavailable: 1, maxSurge: 1}}}} | spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero
          ds | {spec: {updateStrategy: {rollingUpdate: {maxUnavailable: 0}}}} | spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0
          ds | {spec: {updateStrategy: {rollingUpdate: {maxUnavailable: '200%'}}}} | spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: "200%": must not be greater than 100%
          ds | {spec: {updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: '101%'}}}} | spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "101%": must not be greater than 100%
          cr | {data: null} | data: Required value: data is mandatory
          cr | {revision: -1} | revision: Invalid value: -1: must be greater than or equal to 0
          pt | {template: {metadata: {annotations: {'a b': c}}}} | template.annotations: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
          """)
  void refusesToCreate(String kind, String edit, String complaints) {
    ResourceType type = TYPES.get(kind);
    Document wrong = merge(type, Bench.document(VALID.get(kind)), edit);
    assertRefused(
        () -> bench.registry.create(Target.collection(type, "default"), wrong, WriteOptions.NONE),
        type,
        complaints);
  }

  /** A row: kind, merge patch on the stored object, all complaints. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          deploy | {spec: {selector: {matchLabels: {b: c}}, template: {metadata: {labels: {b: c}}}}} | spec.selector: Invalid value: {"matchLabels":{"app":"w","b":"c"}}: field is immutable
          rs | {spec: {selector: {matchLabels: {b: c}}, template: {metadata: {labels: {b: c}}}}} | spec.selector: Invalid value: {"matchLabels":{"app":"w","b":"c"}}: field is immutable
          ds | {spec: {selector: {matchLabels: {b: c}}, template: {metadata: {labels: {b: c}}}}} | spec.selector: Invalid value: {"matchLabels":{"app":"w","b":"c"}}: field is immutable
          sts | {spec: {serviceName: x}} | spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
          sts | {spec: {podManagementPolicy: Parallel}} | spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
          sts | {spec: {selector: {matchLabels: {b: c}}, template: {metadata: {labels: {b: c}}}}} | spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden
          cr | {data: {b: 2}} | data: Invalid value: {"a":1,"b":2}: field is immutable
          rc | {spec: {replicas: -3}} | spec.replicas: Invalid value: -3: must be greater than or equal to 0
          """)
  void refusesToUpdate(String kind, String edit, String complaints) {
    ResourceType type = TYPES.get(kind);
    Document made = bench.create(type, "default", VALID.get(kind));
    Document wrong = merge(type, made, edit);
    assertRefused(() -> bench.update(type, wrong), type, complaints);
  }

  /** A row: kind, new status, all complaints. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          deploy | {replicas: 1, updatedReplicas: 2} | status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas
          deploy | {replicas: 2, availableReplicas: 2, readyReplicas: 1} | status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas
          deploy | {unavailableReplicas: -1, collisionCount: -1} | status.unavailableReplicas: Invalid value: -1: must be greater than or equal to 0 ; status.collisionCount: Invalid value: -1: must be greater than or equal to 0 ; status.collisionCount: Invalid value: -1: cannot be decremented
          rs | {replicas: 1, fullyLabeledReplicas: 2} | status.fullyLabeledReplicas: Invalid value: 2: cannot be greater than status.replicas
          rs | {observedGeneration: -1} | status.observedGeneration: Invalid value: -1: must be greater than or equal to 0
          sts | {replicas: 1, currentReplicas: 2} | status.currentReplicas: Invalid value: 2: cannot be greater than status.replicas
          sts | {replicas: 1, updatedReplicas: 2} | status.updatedReplicas: Invalid value: 2: cannot be greater than status.replicas
          sts | {replicas: 2, availableReplicas: 1} | status.availableReplicas: Invalid value: 1: cannot be greater than status.readyReplicas
          ds | {numberReady: -1, numberUnavailable: -2} | status.numberReady: Invalid value: -1: must be greater than or equal to 0 ; status.numberUnavailable: Invalid value: -2: must be greater than or equal to 0
          rc | {replicas: 1, readyReplicas: 2} | status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas
          rc | {replicas: 2, availableReplicas: 2} | status.availableReplicas: Invalid value: 2: cannot be greater than readyReplicas
          """)
  void refusesAStatus(String kind, String status, String complaints) {
    ResourceType type = TYPES.get(kind);
    Document made = bench.create(type, "default", VALID.get(kind));
    Document wrong = made.with(tree -> tree.set("status", Bench.document(status).tree()));
    assertRefused(() -> bench.status(type, wrong), type, complaints);
  }

  /** A row: kind, JSON pointer into a valid object as stored, its value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          rs | /spec/replicas | 1
          rs | /spec/template/spec/dnsPolicy | "ClusterFirst"
          rs | /status | {"replicas":0}
          rc | /spec/replicas | 1
          rc | /spec/selector | {"app":"w"}
          rc | /metadata/labels | {"app":"w"}
          rc | /spec/template/spec/restartPolicy | "Always"
          rc | /spec/template/spec/containers/0/imagePullPolicy | "Always"
          rc | /status | {"replicas":0}
          rc | /metadata/generation | 1
          pt | /template/spec/schedulerName | "default-scheduler"
          pt | /metadata/generation | 1
          sts | /spec/podManagementPolicy | "OrderedReady"
          sts | /spec/updateStrategy | {"type":"RollingUpdate","rollingUpdate":{"partition":0}}
          sts | /spec/persistentVolumeClaimRetentionPolicy | {"whenDeleted":"Retain","whenScaled":"Retain"}
          sts | /spec/replicas | 1
          sts | /spec/revisionHistoryLimit | 10
          sts | /status | {"replicas":0,"availableReplicas":0}
          ds | /spec/updateStrategy | {"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":1,"maxSurge":0}}
          ds | /spec/revisionHistoryLimit | 10
          ds | /metadata/annotations | {"deprecated.daemonset.template.generation":"1"}
          ds | /status | {"currentNumberScheduled":0,"numberMisscheduled":0,"desiredNumberScheduled":0,"numberReady":0}
          """)
  void fillsIn(String kind, String pointer, String value) {
    Document made = bench.create(TYPES.get(kind), "default", VALID.get(kind));
    assertThat(Bench.text(made, pointer)).isEqualTo(value);
  }

  /** What a StatefulSet may change, and what counts as a change of what is wanted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          sts | {spec: {replicas: 3}} | 2
          sts | {spec: {ordinals: {start: 1}}} | 2
          sts | {spec: {updateStrategy: {type: OnDelete, rollingUpdate: null}}} | 2
          sts | {spec: {revisionHistoryLimit: 1}} | 2
          sts | {spec: {minReadySeconds: 1}} | 2
          sts | {spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}} | 2
          sts | {metadata: {labels: {a: b}}} | 1
          ds | {spec: {minReadySeconds: 1}} | 2
          ds | {metadata: {labels: {a: b}}} | 1
          rc | {spec: {selector: {app: w}, template: {metadata: {labels: {b: c}}}}} | 2
          pt | {template: {metadata: {labels: {b: c}}}} | 2
          pt | {metadata: {labels: {b: c}}} | 1
          """)
  void changesCount(String kind, String edit, long generation) {
    ResourceType type = TYPES.get(kind);
    Document made = bench.create(type, "default", VALID.get(kind));
    assertThat(bench.update(type, merge(type, made, edit)).meta().generation())
        .isEqualTo(generation);
  }

  @Test
  void aDaemonSetCountsItsTemplates() {
    Document made = bench.create(Kinds.DAEMON_SET, "default", VALID.get("ds"));
    Document same = bench.update(Kinds.DAEMON_SET, merge(made, "{spec: {minReadySeconds: 1}}"));
    assertThat(templateGeneration(same)).isEqualTo("1");
    Document other =
        bench.update(
            Kinds.DAEMON_SET,
            merge(
                same,
                "{metadata: {annotations: null}, spec: {template: {metadata: {labels: {b: c}}}}}"));
    assertThat(templateGeneration(other)).isEqualTo("2");
    Document wrong =
        merge(
            Bench.document(VALID.get("ds")),
            "{metadata: {annotations: {deprecated.daemonset.template.generation: x}}}");
    assertThatThrownBy(() ->
            bench.registry.create(
                Target.collection(Kinds.DAEMON_SET, "default"), wrong, WriteOptions.NONE))
        .hasMessage(
            "DaemonSet in version \"v1\" cannot be handled as a DaemonSet: strconv.ParseInt: parsing \"x\": invalid syntax");
  }

  private static String templateGeneration(Document set) {
    return set.meta().annotations().get("deprecated.daemonset.template.generation");
  }

  private static Document merge(Document set, String edit) {
    return merge(Kinds.DAEMON_SET, set, edit);
  }

  private static void assertRefused(Runnable write, ResourceType type, String complaints) {
    assertThatThrownBy(write::run)
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(422);
              assertThat(causes(e)).containsExactly(complaints.split(" ; "));
              assertThat(e.message())
                  .startsWith(type.kind() + (type.group().isEmpty() ? "" : "." + type.group()))
                  .contains("\" is invalid: ");
            });
  }

  private static List<String> causes(ApiException e) {
    List<String> causes = new ArrayList<>();
    for (JsonNode cause : e.status().tree().at("/details/causes")) {
      assertThat(FieldError.Reason.valueOf(cause.path("reason").asText())).isNotNull();
      causes.add(cause.path("field").asText() + ": " + cause.path("message").asText().strip());
    }
    return causes;
  }

  private static Document merge(ResourceType type, Document object, String edit) {
    ObjectNode body = Bench.document(edit).tree();
    return Patches.apply(type, object, new Patch(Patch.Type.MERGE, body));
  }
}
