package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EphemeralContainersTest {
  private static final Target TARGET =
      Target.object(Kinds.POD, "default", "p").sub("ephemeralcontainers");

  @AutoClose private final Bench bench = new Bench();

  @BeforeEach
  void pod() {
    bench.create(
        Kinds.POD, "default", "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}");
  }

  private Document add(String container) {
    String patch =
        "{\"spec\":{\"ephemeralContainers\":[%s]}}".formatted(container.replace('\'', '"'));
    return bench.registry.patch(
        TARGET,
        new Patch(Patch.Type.STRATEGIC_MERGE, Json.tree(patch.getBytes(StandardCharsets.UTF_8))),
        WriteOptions.NONE);
  }

  @Test
  void oneMoreIsAddedWithDefaults() {
    Document pod = add("{'name':'e','image':'x','targetContainerName':'c'}");
    assertThat(Bench.text(pod, "/spec/ephemeralContainers/0/terminationMessagePolicy"))
        .isEqualTo("\"File\"");
    assertThat(pod.meta().generation()).isEqualTo(2);
    assertThat(add("{'name':'f','image':'x'}").spec().path("ephemeralContainers")).hasSize(2);
    assertThat(bench.registry.get(TARGET).spec().path("ephemeralContainers")).hasSize(2);
  }

  @Test
  void nothingElseChanges() {
    Document pod = bench.get(Kinds.POD, "default", "p");
    Document other =
        pod.with(tree -> {
          ((ObjectNode) tree.at("/spec/containers/0")).put("image", "y");
          ((ObjectNode) tree.at("/metadata")).putObject("labels").put("a", "b");
        });
    Document after = bench.registry.update(TARGET, other, WriteOptions.NONE);
    assertThat(Bench.text(after, "/spec/containers/0/image")).isEqualTo("\"x\"");
    assertThat(after.meta().labels()).isEmpty();
  }

  @Test
  void whatIsThereStays() {
    Document with = add("{'name':'e','image':'x'}");
    assertThatThrownBy(() -> add("{'name':'e','image':'y'}"))
        .hasMessageContaining("existing ephemeral containers \"e\" may not be changed");
    Document without =
        with.with(tree -> ((ObjectNode) tree.get("spec")).remove("ephemeralContainers"));
    assertThatThrownBy(() -> bench.registry.update(TARGET, without, WriteOptions.NONE))
        .hasMessage(
            "Pod \"p\" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral"
                + " containers \"e\" may not be removed\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'c','image':'x'} | spec.ephemeralContainers[0].name: Duplicate value: \"c\"",
        "{'name':'e'} | spec.ephemeralContainers[0].image: Required value",
        "{'name':'e','image':'x','targetContainerName':'z'} |"
            + " spec.ephemeralContainers[0].targetContainerName: Not found: \"z\"",
        "{'name':'e','image':'x','ports':[{'containerPort':1}]} |"
            + " spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral"
            + " Container",
        "{'name':'e','image':'x','lifecycle':{'preStop':{'sleep':{'seconds':1}}}} |"
            + " spec.ephemeralContainers[0].lifecycle: Forbidden: cannot be set for an Ephemeral"
            + " Container",
        "{'name':'e','image':'x','resources':{'limits':{'cpu':'1'}}} |"
            + " spec.ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral"
            + " Container",
      })
  void whatIsWrong(String container, String error) {
    assertThatThrownBy(() -> add(container)).hasMessageContaining(error);
  }

  @Test
  void notOnCreate() {
    assertThatThrownBy(() ->
            bench.create(
                Kinds.POD,
                "default",
                "{metadata: {name: q}, spec: {containers: [{name: c, image: x}],"
                    + " ephemeralContainers: [{name: e, image: x}]}}"))
        .hasMessage(
            "Pod \"q\" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create");
  }
}
