package dev.fairlead.api.structured;

import static dev.fairlead.api.structured.Manager.Operation.APPLY;
import static dev.fairlead.api.structured.Manager.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.schema.Schema;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApplyTest {

  /** What a first manager applied, what it applies next, and what becomes of the object. */
  static Stream<Arguments> reapplied() {
    return Stream.of(
        row("a leaf goes", "data: {a: x, b: z}", "data: {a: x}", "data: {a: x}"),
        row(
            "a map goes",
            "data: {a: x}\nmetadata: {labels: {l: m}}",
            "data: {a: x}",
            "data: {a: x}"),
        row(
            "an item of a set goes",
            "metadata: {finalizers: [a/x, b/y]}",
            "metadata: {finalizers: [b/y]}",
            "metadata: {finalizers: [b/y]}"),
        row(
            "items of a set change places",
            "metadata: {finalizers: [a/x, b/y, c/z]}",
            "metadata: {finalizers: [c/z, b/y, a/x]}",
            "metadata: {finalizers: [c/z, b/y, a/x]}"),
        row(
            "a keyed item goes",
            "metadata: {ownerReferences: [{uid: a, name: x}, {uid: b, name: z}]}",
            "metadata: {ownerReferences: [{uid: b, name: z}]}",
            "metadata: {ownerReferences: [{uid: b, name: z}]}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reapplied")
  void whatIsNotAppliedAnyMoreGoes(String name, String first, String second, String result) {
    Story story = new Story(Kinds.CONFIG_MAP).apply("one", first).apply("one", second);

    assertThat(story.content()).isEqualTo(Story.yaml(result));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reapplied")
  void whatAnotherAppliesStays(String name, String first, String second, String result) {
    Story story =
        new Story(Kinds.CONFIG_MAP).apply("one", first).apply("two", first).apply("one", second);

    Structure structure = new Structures(Schema.load()).of(Schema.load().of(Kinds.CONFIG_MAP));
    assertThat(Sets.of(structure, story.content()))
        .isEqualTo(Sets.of(structure, Story.yaml(first)));
  }

  /** Lists are laid one over the other: live, applied, result. */
  static Stream<Arguments> orders() {
    return Stream.of(
        Arguments.of("a b c", "b", "a b c"),
        Arguments.of("a b c", "d", "a b c d"),
        Arguments.of("a b c", "c a", "b c a"),
        Arguments.of("a b c d", "d x a", "b c d x a"),
        Arguments.of("a b c", "x b z", "a x b c z"),
        Arguments.of("", "a b", "a b"),
        Arguments.of("a b", "b a", "b a"),
        Arguments.of("a b c", "a b", "a b c"),
        Arguments.of("a b c", "", "a b c"),
        Arguments.of("a b c", "d e f", "a b c d e f"),
        Arguments.of("a b c", "c d e f", "a b c d e f"),
        Arguments.of("a b c g f", "c d e f", "a b c g d e f"),
        Arguments.of("c d e f", "a c e", "a c d e f"),
        Arguments.of("a b c x u z", "d e f", "a b c x u z d e f"),
        Arguments.of("a b c x u z", "d e f x u z", "a b c d e f x u z"),
        Arguments.of("c a g f", "c f a g", "c f a g"),
        Arguments.of("a b c d", "d e f a", "b c d e f a"),
        Arguments.of("c d e f g h i j", "p h q e r k l", "c d f g p h i j q e r k l"),
        Arguments.of(
            "a b c d e f g h i j", "o b p h q e r k l", "a o b c d f g p h i j q e r k l"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void listsKeepTheirOrder(String live, String applied, String merged) {
    Story story =
        new Story(Kinds.CONFIG_MAP)
            .update("other", finalizers(live))
            .apply("one", finalizers(applied));

    assertThat(story.object.at("/metadata/finalizers"))
        .isEqualTo(Story.yaml(finalizers(merged)).at("/metadata/finalizers"));
  }

  private static String finalizers(String names) {
    return "metadata: {name: m, finalizers: [" + names.strip().replace(" ", ", ") + "]}";
  }

  @Test
  void atomicListsAndMapsAreReplaced() {
    Story story =
        new Story(Kinds.SERVICE)
            .update("other", "spec: {selector: {a: x, b: y}, externalIPs: [1.1.1.1, 2.2.2.2]}");

    story.force("one", "spec: {selector: {c: z}, externalIPs: [3.3.3.3]}");

    assertThat(story.content())
        .isEqualTo(Story.yaml("spec: {selector: {c: z}, externalIPs: [3.3.3.3]}"));
    assertThat(story.fields("one", APPLY))
        .isEqualTo("{\"f:spec\":{\"f:externalIPs\":{},\"f:selector\":{}}}");
    assertThat(story.fields("other", UPDATE)).isEmpty();
  }

  @Test
  void keysMayBeDefaults() {
    Story story =
        new Story(Kinds.SERVICE)
            .update("other", "spec: {ports: [{port: 80, protocol: TCP, nodePort: 30000}]}")
            .apply("one", "spec: {ports: [{port: 80, name: web}, {port: 80, protocol: UDP}]}");

    assertThat(story.object.at("/spec/ports"))
        .isEqualTo(
            Story.yaml(
                    "p: [{port: 80, protocol: TCP, nodePort: 30000, name: web},"
                        + " {port: 80, protocol: UDP}]")
                .get("p"));
    assertThat(story.fields("one", APPLY))
        .isEqualTo(
            "{\"f:spec\":{\"f:ports\":{"
                + "\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":"
                + "{\"f:name\":{},\"f:port\":{},\".\":{}},"
                + "\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"UDP\\\"}\":"
                + "{\"f:port\":{},\"f:protocol\":{},\".\":{}}}}}");
  }

  @Test
  void conflictNamesManagerAndField() {
    Story story = new Story(Kinds.DEPLOYMENT).update("hand", "spec: {replicas: 3, paused: true}");

    assertThatThrownBy(() -> story.apply("one", "spec: {replicas: 1}"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(409);
              assertThat(e.reason()).isEqualTo("Conflict");
              assertThat(e.message())
                  .isEqualTo(
                      "Apply failed with 1 conflict: conflict with \"hand\" using apps/v1: .spec.replicas");
              assertThat(e.status().tree().path("details"))
                  .isEqualTo(
                      Story.yaml(
                          "{causes: [{reason: FieldManagerConflict, field: .spec.replicas,"
                              + " message: 'conflict with \"hand\" using apps/v1'}]}"));
            });
  }

  @Test
  void severalConflictsAreListedByManager() {
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .update("hand", "spec: {replicas: 3}")
            .apply("two", "spec: {paused: true, minReadySeconds: 1}");

    assertThatThrownBy(
            () -> story.apply("one", "spec: {replicas: 1, paused: false, minReadySeconds: 2}"))
        .hasMessage(
            """
            Apply failed with 3 conflicts: conflicts with "hand" using apps/v1:
            - .spec.replicas
            conflicts with "two":
            - .spec.minReadySeconds
            - .spec.paused\
            """);
  }

  @Test
  void forceTakesOver() {
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .update("hand", "spec: {replicas: 3, paused: true}")
            .force("one", "spec: {replicas: 1}");

    assertThat(story.fields("hand", UPDATE)).isEqualTo("{\"f:spec\":{\"f:paused\":{}}}");
    assertThat(story.fields("one", APPLY)).isEqualTo("{\"f:spec\":{\"f:replicas\":{}}}");
  }

  @Test
  void theSameValueIsShared() {
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .apply("one", "spec: {replicas: 3}")
            .apply("two", "spec: {replicas: 3}")
            .apply("one", "spec: {paused: true}");

    assertThat(story.object.at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(story.fields("two", APPLY)).isEqualTo("{\"f:spec\":{\"f:replicas\":{}}}");
    story.apply("two", "spec: {}");
    assertThat(story.object.at("/spec").has("replicas")).isFalse();
  }

  @Test
  void applyingAgainChangesNothing() {
    String config =
        """
        metadata: {labels: {a: b}, annotations: {c: d}}
        spec:
          selector: {matchLabels: {a: b}}
          template:
            metadata: {labels: {a: b}, creationTimestamp: null}
            spec: {containers: [{name: c, image: i, ports: [{containerPort: 80}], env: [{name: e, value: f}]}]}
        """;
    Story story = new Story(Kinds.DEPLOYMENT).apply("one", config);
    var object = story.object.deepCopy();
    ManagedFields managed = story.managed;

    story.apply("one", config);

    assertThat(story.object).isEqualTo(object);
    assertThat(story.managed.write()).isEqualTo(managed.write());
  }

  @Test
  void fieldsOfTheServerStayWithNobody() {
    Story story = new Story(Kinds.CONFIG_MAP).apply("one", "metadata: {name: m, namespace: ns}");

    assertThat(story.managed.entries()).isEmpty();
  }

  @Test
  void anUntrackedObjectHasOneManagerBefore() {
    Story story =
        new Story(Kinds.CONFIG_MAP).update("hand", "data: {a: x, b: z}").forget().adopt("one");

    assertThatThrownBy(() -> story.apply("one", "data: {a: z}"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
    story.apply("one", "data: {a: x}");
    assertThat(story.fields("before-first-apply", UPDATE))
        .isEqualTo("{\"f:data\":{\"f:a\":{},\"f:b\":{},\".\":{}}}");
  }

  @Test
  void kubectlTakesOverWhatItAppliedFromTheClientsSide() {
    String last =
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"spec\":{\"replicas\":3,\"paused\":true}}";
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .update(
                "kubectl-client-side-apply",
                "metadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: '%s'}}\nspec: {replicas: 3, paused: false}"
                    .formatted(last));

    assertThatThrownBy(() -> story.apply("other", "spec: {replicas: 1}"))
        .hasMessageContaining("1 conflict");
    assertThatThrownBy(() -> story.apply("kubectl", "spec: {replicas: 1, paused: true}"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using apps/v1: .spec.paused");
    story.apply("kubectl", "spec: {replicas: 1}");
    assertThat(story.object.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(
            story
                .object
                .at("/metadata/annotations")
                .path("kubectl.kubernetes.io/last-applied-configuration")
                .asText())
        .isEqualTo(
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"spec\":{\"replicas\":1}}\n");
  }

  @Test
  void anEmptyStructIsAFieldToo() {
    String pod = "spec: {containers: [{name: c, image: i}], volumes: [{name: v, %s}]}";
    Story story = new Story(Kinds.POD).apply("one", pod.formatted("emptyDir: {}"));
    assertThat(story.fields("one", APPLY)).contains("{\"f:emptyDir\":{},\"f:name\":{},\".\":{}}");

    story.apply("one", pod.formatted("hostPath: {path: /x}"));

    assertThat(story.object.at("/spec/volumes/0"))
        .isEqualTo(Story.yaml("{name: v, hostPath: {path: /x}}"));
  }

  @Test
  void anotherOrderIsAChange() {
    Story story =
        new Story(Kinds.CONFIG_MAP)
            .apply("one", finalizers("a b"))
            .apply("one", finalizers("a b"))
            .apply("one", finalizers("b a"));

    assertThat(story.managed.entries().getFirst().time()).isEqualTo(Story.START.plusSeconds(2));
  }

  @Test
  void whatDoesNotFitTheTypeWasNotAppliedByKubectl() {
    String last =
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"spec\":{\"replicas\":3,\"spam\":1}}";
    Story story =
        new Story(Kinds.DEPLOYMENT)
            .update(
                "kubectl-client-side-apply",
                "metadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: '%s'}}\nspec: {replicas: 3}"
                    .formatted(last));

    assertThatThrownBy(() -> story.apply("kubectl", "spec: {replicas: 1}"))
        .hasMessageContaining("1 conflict");
  }

  /** Objects that do not fit their type, and why. */
  static Stream<Arguments> misfits() {
    String prefix = "failed to create typed patch object (/; apps/v1, Kind=Deployment): ";
    return Stream.of(
        Arguments.of("spec: {foo: 1}", prefix + ".spec.foo: field not declared in schema"),
        Arguments.of(
            "spec: {replicas: many}",
            prefix + ".spec.replicas: expected numeric (int or float), got string"),
        Arguments.of("spec: {paused: 1}", prefix + ".spec.paused: expected boolean, got &{1}"),
        Arguments.of(
            "spec: {template: {spec: {containers: [{image: i}]}}}",
            prefix
                + ".spec.template.spec.containers: element 0: associative list with keys has an element that omits key field \"name\" (and doesn't have default value)"),
        Arguments.of(
            "spec: {template: {spec: {containers: [{name: c}, {name: c}]}}}",
            prefix + ".spec.template.spec.containers: duplicate entries for key [name=\"c\"]"),
        Arguments.of(
            "spec: {template: {spec: {tolerations: [{bad: 1}]}}}",
            prefix + ".spec.template.spec.tolerations[0].bad: field not declared in schema"),
        Arguments.of("spec: [1]", prefix + ".spec: expected map, got &{[1]}"),
        Arguments.of(
            "spec: {template: {spec: {containers: {a: b}}}}",
            prefix + ".spec.template.spec.containers: expected list, got &{map[a:b]}"),
        Arguments.of(
            "metadata: {finalizers: [{a: b}]}",
            prefix
                + ".metadata.finalizers: element 0: associative list without keys has an element that's a map type"),
        Arguments.of("metadata: {managedFields: []}", "metadata.managedFields must be nil"),
        Arguments.of(
            "spec: {foo: 1, replicas: x}", prefix + ".spec.foo: field not declared in schema"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void refusesWhatDoesNotFit(String config, String message) {
    assertThatThrownBy(() -> new Story(Kinds.DEPLOYMENT).apply("one", config))
        .hasMessage(message)
        .matches(e -> ((ApiException) e).code() == 400);
  }

  private static Arguments row(String name, String first, String second, String result) {
    return Arguments.of(name, first, second, result);
  }
}
