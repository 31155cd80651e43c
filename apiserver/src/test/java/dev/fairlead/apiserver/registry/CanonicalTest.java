package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A manifest that only spells out what is so anyway changes nothing. */
class CanonicalTest {
  private static final String SPELLED_OUT =
      """
      {"spec":{"paused":false,"minReadySeconds":0,"template":{"metadata":{"annotations":{}},
      "spec":{"hostNetwork":false,"nodeSelector":{},"volumes":[]}}}}
      """;

  @AutoClose private final Bench bench = new Bench();

  @ParameterizedTest
  @EnumSource(names = {"MERGE", "STRATEGIC_MERGE"})
  void aPatchOfNothingIsNoChange(Patch.Type type) {
    Document made = deployment("");
    Patch patch = new Patch(type, Json.parse(SPELLED_OUT.getBytes(StandardCharsets.UTF_8)));
    Document patched =
        bench.registry.patch(Target.object(Kinds.DEPLOYMENT, made.key()), patch, WriteOptions.NONE);
    assertThat(patched.meta().resourceVersion()).isEqualTo(made.meta().resourceVersion());
  }

  @Test
  void whatIsStoredDoesNotSayIt() {
    Document made = deployment(", nodeSelector: {}, hostNetwork: false, volumes: []");
    assertThat(made.spec().at("/template/spec").has("nodeSelector")).isFalse();
    assertThat(made.spec().at("/template/spec").has("hostNetwork")).isFalse();
    assertThat(made.spec().at("/template/spec").has("volumes")).isFalse();
  }

  private Document deployment(String template) {
    return bench.create(
        Kinds.DEPLOYMENT,
        "default",
        "{metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels:"
            + " {a: b}}, spec: {containers: [{name: c, image: i}]%s}}}}".formatted(template));
  }
}
