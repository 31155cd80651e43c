package dev.fairlead.kubelet.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.quantity.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code resourceFieldRef} gives, on a node with 4 CPUs and 8 GiB. */
class ResourceFieldTest {
  private static final Map<String, Quantity> NODE =
      Map.of(
          "cpu", Quantity.parse("4"),
          "memory", Quantity.parse("8Gi"),
          "ephemeral-storage", Quantity.parse("10G"));
  private static final JsonNode OWN =
      Json.tree(
          "{\"limits\":{\"cpu\":\"1500m\",\"memory\":\"100Mi\"},\"requests\":{\"cpu\":\"250m\"}}"
              .getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource({
    "limits.cpu, 0, 2",
    "limits.cpu, 1, 2",
    "limits.cpu, 1m, 1500",
    "requests.cpu, 0, 1",
    "requests.cpu, 1m, 250",
    "limits.memory, 0, 104857600",
    "limits.memory, 1Mi, 100",
    "limits.memory, 1M, 105",
    "limits.memory, 1Gi, 1",
    "requests.memory, 0, 0",
    "limits.ephemeral-storage, 1G, 10",
    "requests.ephemeral-storage, 1, 0",
  })
  void amountsAreDividedAndRoundedUp(String resource, String divisor, String value)
      throws ConfigException {
    assertThat(ResourceField.of(OWN, resource, divisor, NODE)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"limits.cpu, 0, 4", "limits.cpu, 1m, 4000", "limits.memory, 1Mi, 8192"})
  void aMissingLimitIsAllThatTheNodeHas(String resource, String divisor, String value)
      throws ConfigException {
    assertThat(ResourceField.of(Json.object(), resource, divisor, NODE)).isEqualTo(value);
  }

  @Test
  void otherResourcesAreRefused() {
    for (String resource : new String[] {"limits.gpu", "cpu", "usage.cpu", ""}) {
      assertThatThrownBy(() -> ResourceField.of(OWN, resource, "", NODE))
          .isInstanceOf(ConfigException.class)
          .hasMessage("unsupported container resource : " + resource);
    }
  }
}
