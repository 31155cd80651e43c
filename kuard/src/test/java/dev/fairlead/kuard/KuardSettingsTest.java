package dev.fairlead.kuard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KuardSettingsTest {
  @Test
  void defaults() {
    assertThat(KuardSettings.of(List.of(), Map.of()))
        .isEqualTo(new KuardSettings("", 8080, "blue"));
  }

  @Test
  void flagsWinOverTheEnvironment() {
    Map<String, String> environment =
        Map.of("KUARD_PORT", "7", "KUARD_VERSION", "green", "KUARD_ADDRESS", "127.0.0.1:9");

    assertThat(KuardSettings.of(List.of("--version", "purple"), environment))
        .isEqualTo(new KuardSettings("127.0.0.1", 7, "purple"));
    assertThat(KuardSettings.of(List.of("--address=:81"), Map.of()))
        .isEqualTo(new KuardSettings("", 81, "blue"));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> KuardSettings.of(List.of("--colour=red"), Map.of()))
        .hasMessageContaining("--colour");
    assertThatThrownBy(() -> KuardSettings.of(List.of("--port"), Map.of()))
        .hasMessageContaining("--port");
    assertThatThrownBy(() -> KuardSettings.of(List.of("--port=99999"), Map.of()))
        .hasMessageContaining("99999");
  }
}
