package dev.fairlead.apiserver.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersTest {
  private static final Document POD =
      Document.of(
          Yaml.parse(
              "{metadata: {name: p}, spec: {initContainers: [{name: i}], containers: [{name: c}, {name: d}], ephemeralContainers: [{name: e}]}}"
                  .getBytes(StandardCharsets.UTF_8)));

  @ParameterizedTest
  @ValueSource(strings = {"i", "c", "d", "e"})
  void anyOfThePodsContainersCanBeAskedFor(String name) {
    assertThat(Containers.choose(POD, name)).isEqualTo(name);
  }

  @Test
  void othersCannot() {
    assertThatThrownBy(() -> Containers.choose(POD, "x"))
        .hasMessage("container x is not valid for pod p");
    assertThatThrownBy(() -> Containers.choose(POD, null))
        .hasMessage(
            "a container name must be specified for pod p, choose one of: [c d] or one of the init"
                + " containers: [i]");
  }
}
