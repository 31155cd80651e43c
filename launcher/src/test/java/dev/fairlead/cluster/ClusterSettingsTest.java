package dev.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.ClusterSettings.RuntimeKind;
import dev.fairlead.cluster.ClusterSettings.StoreKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterSettingsTest {
  @Test
  void addresses_areThoseOfTheReadme() {
    Addresses addresses = Addresses.DEFAULT;
    assertThat(addresses.node(1)).isEqualTo("10.111.0.11");
    assertThat(addresses.onNodeNetwork(addresses.node(3))).isEqualTo("10.111.0.13/16");
    assertThat(ClusterSettings.nodeName(2)).isEqualTo("node-2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 51})
  void nodes_haveABound(int nodes) {
    assertThatThrownBy(() ->
            new ClusterSettings(nodes, StoreKind.MEMORY, RuntimeKind.SIMULATED, Addresses.DEFAULT))
        .hasMessageContaining("--nodes must be between 1 and 50");
  }
}
