package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who manages what, as writes of every kind leave it in the store. */
class ManagedFieldsTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: d, labels: {app: d}}
      spec:
        replicas: 3
        selector: {matchLabels: {app: d}}
        template:
          metadata: {labels: {app: d}}
          spec: {containers: [{name: c, image: kuard}]}
      """;
  private static final Target D = Target.object(Kinds.DEPLOYMENT, "default", "d");

  @AutoClose private final Bench bench = new Bench();

  @Test
  void createAndUpdateSayWhoManagesWhat() {
    Document made = create(Kinds.CONFIG_MAP, "one", "{metadata: {name: m}, data: {a: x, b: x}}");
    Document changed =
        bench.registry.update(
            target(made),
            made.with(tree -> ((ObjectNode) tree.get("data")).put("b", "z")),
            by("two"));

    assertThat(managers(changed))
        .isEqualTo(
            managers(
                """
                - manager: one
                  operation: Update
                  apiVersion: v1
                  time: "2026-03-01T12:00:00Z"
                  fieldsType: FieldsV1
                  fieldsV1: {"f:data": {".": {}, "f:a": {}}}
                - manager: two
                  operation: Update
                  apiVersion: v1
                  time: "2026-03-01T12:00:00Z"
                  fieldsType: FieldsV1
                  fieldsV1: {"f:data": {"f:b": {}}}
                """));
    assertThat(bench.get(Kinds.CONFIG_MAP, "default", "m")).isEqualTo(changed);
  }

  @Test
  void aWriteThatChangesNothingIsNotWritten() {
    Document made = create(Kinds.CONFIG_MAP, "one", "{metadata: {name: m}, data: {a: x}}");
    long revision = bench.store.revision();

    assertThat(bench.registry.update(target(made), made, by("two"))).isEqualTo(made);
    Document forgetful =
        made.with(tree -> ((ObjectNode) tree.get("metadata")).remove("managedFields"));
    assertThat(bench.registry.update(target(made), forgetful, by("two"))).isEqualTo(made);
    assertThat(bench.store.revision()).isEqualTo(revision);
  }

  @Test
  void anEmptyListForgetsAllManagers() {
    Document made = create(Kinds.CONFIG_MAP, "one", "{metadata: {name: m}, data: {a: x}}");

    Document reset = patch(made, Patch.Type.MERGE, "two", "{metadata: {managedFields: [{}]}}");
    assertThat(reset.tree().at("/metadata").has("managedFields")).isFalse();
    Document untracked = patch(made, Patch.Type.MERGE, "two", "{data: {a: z}}");
    assertThat(untracked.tree().at("/metadata").has("managedFields")).isFalse();
    Document applied =
        patch(
            made,
            Patch.Type.APPLY,
            "three",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {b: x}}");
    assertThat(names(applied)).isEqualTo("three Apply; before-first-apply Update");
  }

  @Test
  void aMalformedListIsIgnored() {
    Document made = create(Kinds.CONFIG_MAP, "one", "{metadata: {name: m}, data: {a: x}}");

    Document changed =
        patch(
            made,
            Patch.Type.MERGE,
            "two",
            "{metadata: {managedFields: [{manager: evil, operation: Sideways}]}, data: {b: x}}");

    assertThat(names(changed)).isEqualTo("one Update; two Update");
  }

  @Test
  void statusAndSpecAreManagedApart() {
    Document made = create(Kinds.DEPLOYMENT, "one", DEPLOYMENT);
    Document both =
        made.with(tree -> {
          ((ObjectNode) tree.get("spec")).put("replicas", 9);
          tree.putObject("status").put("replicas", 2);
        });

    Document changed = bench.registry.update(D.sub("status"), both, by("controller"));

    assertThat(entry(changed, "controller"))
        .isEqualTo(
            managers(
                    """
                    - manager: controller
                      operation: Update
                      apiVersion: apps/v1
                      time: "2026-03-01T12:00:00Z"
                      fieldsType: FieldsV1
                      fieldsV1: {"f:status": {"f:replicas": {}}}
                      subresource: status
                    """)
                .get(0));
    assertThat(entry(changed, "one").at("/fieldsV1/f:spec").has("f:replicas")).isTrue();
    assertThat(entry(changed, "one").at("/fieldsV1").has("f:status")).isFalse();
  }

  @Test
  void scalingTakesTheReplicasOver() {
    create(Kinds.DEPLOYMENT, "one", DEPLOYMENT);
    Target scale = D.sub("scale");
    Document read = bench.registry.get(scale);

    bench.registry.update(
        scale, read.with(tree -> tree.putObject("spec").put("replicas", 5)), by("kubectl"));
    Document scaled = bench.get(Kinds.DEPLOYMENT, "default", "d");

    assertThat(entry(scaled, "kubectl"))
        .isEqualTo(
            managers(
                    """
                    - manager: kubectl
                      operation: Update
                      apiVersion: apps/v1
                      fieldsType: FieldsV1
                      fieldsV1: {"f:spec": {"f:replicas": {}}}
                      subresource: scale
                    """)
                .get(0));
    assertThat(entry(scaled, "one").at("/fieldsV1/f:spec").has("f:replicas")).isFalse();

    assertThatThrownBy(() -> bench.registry.patch(scale, applied(scaleOf(7)), by("auto")))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using autoscaling/v1: .spec.replicas");
    bench.registry.patch(scale, applied(scaleOf(7)), new WriteOptions(false, "auto", true));
    Document applied = bench.get(Kinds.DEPLOYMENT, "default", "d");
    assertThat(applied.spec().path("replicas").asInt()).isEqualTo(7);
    assertThat(names(applied)).isEqualTo("auto Apply; one Update");
    assertThatThrownBy(() -> bench.registry.patch(D, applied(DEPLOYMENT), by("git")))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"auto\" with subresource \"scale\": .spec.replicas");
  }

  @Test
  void controllersAndBindingsDoNotTouchOthers() {
    Document pod =
        create(
            Kinds.POD, "one", "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
    bench.registry.create(
        Target.object(Kinds.POD, "default", "p").sub("binding"),
        Bench.document("{metadata: {name: p}, target: {kind: Node, name: n}}"),
        by("scheduler"));

    Document bound = bench.get(Kinds.POD, "default", "p");
    assertThat(bound.tree().at("/metadata/managedFields"))
        .isEqualTo(pod.tree().at("/metadata/managedFields"));
  }

  @Test
  void applyCreatesAndChangesAndRemoves() {
    Document made = bench.registry.patch(D, applied(DEPLOYMENT), by("git"));

    assertThat(made.isCreated()).isTrue();
    assertThat(made.meta().uid()).hasSize(36);
    assertThat(made.spec().path("progressDeadlineSeconds").asInt()).isEqualTo(600);
    assertThat(entry(made, "git").path("fieldsV1"))
        .isEqualTo(
            Bench.document(
                    """
                    f:metadata: {f:labels: {f:app: {}}}
                    f:spec:
                      f:replicas: {}
                      f:selector: {}
                      f:template:
                        f:metadata: {f:labels: {f:app: {}}}
                        f:spec:
                          f:containers:
                            'k:{"name":"c"}': {".": {}, f:image: {}, f:name: {}}
                    """)
                .tree());

    long revision = bench.store.revision();
    Document again = bench.registry.patch(D, applied(DEPLOYMENT), by("git"));
    assertThat(again).isEqualTo(made);
    assertThat(again.isCreated()).isFalse();
    assertThat(bench.store.revision()).isEqualTo(revision);

    Document less =
        bench.registry.patch(
            D, applied(DEPLOYMENT.replace(", labels: {app: d}}\nspec", "}\nspec")), by("git"));
    assertThat(less.meta().labels()).isEmpty();
    assertThat(less.meta().generation()).isEqualTo(1);
    Document one =
        bench.registry.patch(D, applied(DEPLOYMENT.replace("  replicas: 3\n", "")), by("git"));
    assertThat(one.spec().path("replicas").asInt()).isEqualTo(1);
  }

  @Test
  void applyMeetsConflictsAndForces() {
    create(Kinds.DEPLOYMENT, "hand", DEPLOYMENT);
    String wanted = DEPLOYMENT.replace("replicas: 3", "replicas: 1").replace("kuard", "web");

    assertThatThrownBy(() -> bench.registry.patch(D, applied(wanted), by("git")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.isConflict()).isTrue())
        .hasMessage(
            """
            Apply failed with 2 conflicts: conflicts with "hand" using apps/v1:
            - .spec.replicas
            - .spec.template.spec.containers[name="c"].image\
            """);
    Document forced =
        bench.registry.patch(D, applied(wanted), new WriteOptions(false, "git", true));
    assertThat(forced.spec().path("replicas").asInt()).isEqualTo(1);
    assertThat(forced.meta().generation()).isEqualTo(2);
  }

  @Test
  void applyInDryRunWritesNothing() {
    WriteOptions dry = new WriteOptions(true, "git", false);
    assertThat(bench.registry.patch(D, applied(DEPLOYMENT), dry).name()).isEqualTo("d");
    assertThatThrownBy(() -> bench.registry.get(D)).hasMessageContaining("not found");
    create(Kinds.DEPLOYMENT, "hand", DEPLOYMENT);
    long revision = bench.store.revision();

    Document would =
        bench.registry.patch(
            D,
            applied(DEPLOYMENT.replace("replicas: 3", "replicas: 1")),
            new WriteOptions(true, "git", true));

    assertThat(would.spec().path("replicas").asInt()).isEqualTo(1);
    assertThat(bench.store.revision()).isEqualTo(revision);
  }

  @Test
  void applyKeepsItsPreconditions() {
    String withUid = DEPLOYMENT.replace("name: d,", "name: d, uid: u-1,");
    assertThatThrownBy(() -> bench.registry.patch(D, applied(withUid), by("git")))
        .hasMessage(
            "Operation cannot be fulfilled on deployments.apps \"d\": uid mismatch: the provided object specified uid u-1, and no existing object was found");
    create(Kinds.DEPLOYMENT, "git", DEPLOYMENT);
    assertThatThrownBy(() -> bench.registry.patch(D, applied(withUid), by("git")))
        .hasMessageContaining("UID in precondition: u-1");
    assertThatThrownBy(() ->
            bench.registry.patch(
                D,
                applied(DEPLOYMENT.replace("name: d,", "name: d, resourceVersion: '1',")),
                by("git")))
        .hasMessageContaining("the object has been modified");
    assertThatThrownBy(() ->
            bench.registry.patch(D, applied(DEPLOYMENT.replace("name: d,", "name: e,")), by("git")))
        .hasMessage("the name of the object (e) does not match the name on the URL (d)");
    assertThatThrownBy(() ->
            bench.registry.patch(D, applied(DEPLOYMENT.replace("apps/v1", "apps/v2")), by("git")))
        .hasMessage("invalid object type: apps/v2, Kind=Deployment");
    assertThatThrownBy(() ->
            bench.registry.patch(
                D,
                applied(DEPLOYMENT.replace("name: d,", "name: d, managedFields: [],")),
                by("git")))
        .hasMessage("metadata.managedFields must be nil");
  }

  @Test
  void applyOfTheStatusLeavesTheSpec() {
    create(Kinds.DEPLOYMENT, "hand", DEPLOYMENT);
    Target status = D.sub("status");
    Document changed =
        bench.registry.patch(
            status,
            applied(
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d},"
                    + " spec: {replicas: 8}, status: {replicas: 4}}"),
            by("git"));

    assertThat(changed.spec().path("replicas").asInt()).isEqualTo(3);
    assertThat(changed.status().path("replicas").asInt()).isEqualTo(4);
    assertThat(entry(changed, "git").path("fieldsV1"))
        .isEqualTo(Bench.document("{f:status: {f:replicas: {}}}").tree());
    assertThatThrownBy(() ->
            bench.registry.patch(
                Target.object(Kinds.DEPLOYMENT, "default", "none").sub("status"),
                applied("{apiVersion: apps/v1, kind: Deployment, status: {replicas: 4}}"),
                by("git")))
        .hasMessage("deployments.apps \"none\" not found");
  }

  @Test
  void servicesMergeTheirPorts() {
    Target target = Target.object(Kinds.SERVICE, "default", "s");
    String service =
        "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [%s]}}";
    bench.registry.patch(
        target, applied(service.formatted("{name: a, port: 80}, {name: b, port: 81}")), by("one"));

    Document changed =
        bench.registry.patch(
            target,
            applied(service.formatted("{name: b, port: 81}, {name: c, port: 82}")),
            by("one"));

    assertThat(changed.spec().path("ports").valueStream().map(port -> port.path("port").asInt()))
        .containsExactly(81, 82);
    assertThat(changed.spec().path("clusterIP").asText()).isNotEmpty();
  }

  private Document create(ResourceType type, String manager, String yaml) {
    return bench.registry.create(
        Target.collection(type, "default"), Bench.document(yaml), by(manager));
  }

  private Document patch(Document object, Patch.Type type, String manager, String yaml) {
    return bench.registry.patch(
        target(object), new Patch(type, Bench.document(yaml).tree()), by(manager));
  }

  private static Patch applied(String yaml) {
    return new Patch(Patch.Type.APPLY, Bench.document(yaml).tree());
  }

  private static String scaleOf(int replicas) {
    return "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: d}, spec: {replicas: %d}}"
        .formatted(replicas);
  }

  private static Target target(Document object) {
    ResourceType type = Kinds.byKind(object.apiVersion(), object.kind()).orElseThrow();
    return Target.object(type, object.key());
  }

  private static WriteOptions by(String manager) {
    return new WriteOptions(false, manager, false);
  }

  private static JsonNode managers(Document object) {
    return object.tree().at("/metadata/managedFields");
  }

  private static JsonNode managers(String yaml) {
    return Bench.document("list:\n" + yaml.indent(2)).tree().get("list");
  }

  private static JsonNode entry(Document object, String manager) {
    return managers(object)
        .valueStream()
        .filter(each -> each.path("manager").asText().equals(manager))
        .findFirst()
        .orElseThrow();
  }

  private static String names(Document object) {
    return String.join(
        "; ",
        managers(object)
            .valueStream()
            .map(each -> each.path("manager").asText() + " " + each.path("operation").asText())
            .toList());
  }
}
