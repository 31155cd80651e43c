package dev.fairlead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.cluster.ClusterSettings.Addresses;
import dev.fairlead.cluster.ClusterSettings.RuntimeKind;
import dev.fairlead.cluster.ClusterSettings.StoreKind;
import dev.fairlead.controllers.loadbalancer.PoolSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            new ClusterSettings(
                nodes,
                StoreKind.MEMORY,
                RuntimeKind.SIMULATED,
                Addresses.DEFAULT,
                PoolSettings.DEFAULT))
        .hasMessageContaining("must be between 1 and 50");
  }

  @Test
  void serviceNetwork_movesTheTwoFixedAddresses() {
    Addresses moved = Addresses.DEFAULT.withServiceNetwork("10.96.0.0/16");
    assertThat(moved.kubernetesService()).isEqualTo("10.96.0.1");
    assertThat(moved.dnsService()).isEqualTo("10.96.0.10");
  }

  @ParameterizedTest
  @CsvSource({
    "10.112.128.0/20, overlaps the range of pods 10.112.0.0/16",
    "10.111.0.0/20, overlaps the range of nodes 10.111.0.0/16",
    "10.115.240.5/20, did you mean 10.115.240.0/20?",
    "10.0.0.0/8, must have a prefix of /12 to /27",
    "10.115.240.0/28, must have a prefix of /12 to /27",
    "10.115.240.0, is not an IPv4 network",
    "10.115.256.0/20, is not an IPv4 network",
    "fd00::/108, is not an IPv4 network"
  })
  void serviceNetwork_isRefusedWithTheReason(String network, String reason) {
    assertThatThrownBy(() -> Addresses.DEFAULT.withServiceNetwork(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Cluster.Local", "a..b", "-a", "a_b", "cluster.local."})
  void clusterDomain_isADnsName(String domain) {
    assertThatThrownBy(() -> Addresses.DEFAULT.withClusterDomain(domain))
        .hasMessageContaining("is not a DNS name");
  }
}
