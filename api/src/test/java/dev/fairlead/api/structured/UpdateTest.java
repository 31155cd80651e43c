package dev.fairlead.api.structured;

import static dev.fairlead.api.structured.Manager.Operation.APPLY;
import static dev.fairlead.api.structured.Manager.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.fieldset.FieldSet;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UpdateTest {

  @Test
  void aCreatorManagesWhatUpstreamSays() {
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .update(
                "hand",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d, labels: {app: web}}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: web}}
                  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                      - {name: nginx, image: nginx, resources: {}, ports: [{containerPort: 80, protocol: TCP}]}
                      dnsPolicy: ClusterFirst
                      securityContext: {}
                status: {replicas: 1}
                """);

    String upstream =
        """
        f:metadata: {f:labels: {".": {}, f:app: {}}}
        f:spec:
          f:replicas: {}
          f:selector: {}
          f:strategy:
            f:rollingUpdate: {".": {}, f:maxSurge: {}, f:maxUnavailable: {}}
            f:type: {}
          f:template:
            f:metadata: {f:labels: {".": {}, f:app: {}}}
            f:spec:
              f:containers:
                'k:{"name":"nginx"}':
                  ".": {}
                  f:image: {}
                  f:name: {}
                  f:ports:
                    ".": {}
                    'k:{"containerPort":80,"protocol":"TCP"}':
                      ".": {}
                      f:containerPort: {}
                      f:protocol: {}
                  f:resources: {}
              f:dnsPolicy: {}
              f:securityContext: {}
        """;
    assertThat(Json.parse(story.fields("hand", UPDATE).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Story.yaml(upstream));
  }

  @Test
  void whoWritesAFieldManagesIt() {
    Story story =
        new Story(Kinds.CONFIG_MAP)
            .update("one", "data: {a: x, b: z}")
            .apply("two", "data: {c: z}")
            .update("three", "data: {a: q, c: q}");

    assertThat(story.fields("one", UPDATE)).isEqualTo("{\"f:data\":{}}");
    assertThat(story.fields("two", APPLY)).isEmpty();
    assertThat(story.fields("three", UPDATE)).isEqualTo("{\"f:data\":{\"f:a\":{},\"f:c\":{}}}");
  }

  @Test
  void aWriteThatChangesNothingMovesNoTime() {
    Story story = new Story(Kinds.CONFIG_MAP).update("one", "data: {a: x}");
    ManagedFields managed = story.managed;

    assertThat(story.update("one", "data: {a: x}").managed).isEqualTo(managed);
    assertThat(story.update("two", "data: {a: x}").managed).isEqualTo(managed);
    assertThat(story.update("one", "data: {a: z}").managed.entries().getFirst().time())
        .isEqualTo(Story.START.plusSeconds(3));
  }

  @Test
  void entriesThatNobodyTouchedAreNotWrittenAnew() {
    Story story = new Story(Kinds.CONFIG_MAP).update("one", "data: {a: x}");
    var stored = story.managed.write();
    story.managed = ManagedFields.read(stored).orElseThrow();

    story.update("two", "data: {a: x, b: z}");

    assertThat(story.managed.write().get(0).get("fieldsV1"))
        .isSameAs(stored.get(0).get("fieldsV1"));
  }

  @Test
  void theOldestManagersArePutTogether() {
    Story story = new Story(Kinds.CONFIG_MAP);
    StringBuilder data = new StringBuilder("data: {");
    for (int i = 0; i < 13; i++) {
      data.append("k").append(i).append(": v, ");
      story.update("m" + i, data + "}");
    }

    assertThat(story.managed.entries()).hasSize(Ancients.UPDATERS_MAX);
    assertThat(story.fields("ancient-changes", UPDATE))
        .isEqualTo("{\"f:data\":{\"f:k0\":{},\"f:k1\":{},\"f:k2\":{},\"f:k3\":{},\".\":{}}}");
    assertThat(story.managed.write().get(0).path("time").asText())
        .isEqualTo("2026-03-01T12:00:03Z");
  }

  @Test
  void versionsThatAreNotServedAreForgotten() {
    Story story = new Story(Kinds.DEPLOYMENT).update("one", "spec: {replicas: 1}");
    Manager old = new Manager("old", UPDATE, "apps/v1beta1", "");
    story.managed = story.managed.put(new ManagedEntry(old, null, FieldSet.of("spec", "paused")));

    story.update("one", "spec: {replicas: 2}");

    assertThat(story.managed.find(old)).isNull();
  }

  @Test
  void itemsThatStandTwiceAreOneField() {
    Story story =
        new Story(Kinds.SERVICE)
            .update("one", "spec: {ports: [{port: 1, protocol: TCP, name: a}]}")
            .update(
                "two",
                "spec: {ports: [{port: 1, protocol: TCP, name: a}, {port: 1, protocol: TCP, name: b}]}");

    assertThat(story.fields("two", UPDATE))
        .isEqualTo(
            "{\"f:spec\":{\"f:ports\":{\"k:{\\\"port\\\":1,\\\"protocol\\\":\\\"TCP\\\"}\":{}}}}");
    assertThat(story.fields("one", UPDATE)).isEqualTo("{\"f:spec\":{\"f:ports\":{}}}");
  }

  @Test
  void resetIsAnEmptyListOrOneEmptyEntry() {
    assertThat(ManagedFields.isReset(Story.yaml("m: []").get("m"))).isTrue();
    assertThat(ManagedFields.isReset(Story.yaml("m: [{}]").get("m"))).isTrue();
    assertThat(ManagedFields.isReset(Story.yaml("m: [{}, {}]").get("m"))).isFalse();
    assertThat(ManagedFields.isReset(null)).isFalse();
  }

  @Test
  void aMalformedListIsNotUsed() {
    for (String entry :
        new String[] {
          "{manager: m, operation: Other, apiVersion: v1, fieldsType: FieldsV1}",
          "{manager: m, operation: Update, fieldsType: FieldsV1}",
          "{manager: m, operation: Update, apiVersion: v1}",
          "{manager: m, operation: Update, apiVersion: v1, fieldsType: FieldsV1, time: noon}",
          "{manager: m, operation: Update, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {x: {}}}",
          "1"
        }) {
      assertThat(ManagedFields.read(Story.yaml("m: [" + entry + "]").get("m"))).isEmpty();
    }
  }

  @Test
  void theJsonOfAManagerServesAgainWhileItsFieldsStayTheSame() {
    Story story = new Story(Kinds.CONFIG_MAP).update("hand", "{data: {k: '1'}}");
    story.managed = ManagedFields.read(story.managed.write()).orElseThrow();
    var before = story.managed.entries().getFirst();

    var same = story.update("hand", "{data: {k: '2'}}").managed.entries().getFirst();
    assertThat(same.written()).isSameAs(before.written()).isNotNull();
    assertThat(same.time()).isEqualTo(Story.START.plusSeconds(1));

    var more = story.update("hand", "{data: {k: '2', l: '3'}}").managed.entries().getFirst();
    assertThat(more.written()).isNull();
    assertThat(more.fields().has("data", "l")).isTrue();
  }
}
