package dev.fairlead.kubelet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
  @Test
  void aFreedAddressIsTheLastToComeBack() throws IOException {
    AddressPool pool = new AddressPool("10.112.1.0/29");
    assertThat(pool.gateway()).isEqualTo("10.112.1.1");
    assertThat(pool.take()).isEqualTo("10.112.1.2");
    assertThat(pool.take()).isEqualTo("10.112.1.3");
    pool.free("10.112.1.2");
    assertThat(pool.take()).isEqualTo("10.112.1.4");
    assertThat(pool.take()).isEqualTo("10.112.1.5");
    assertThat(pool.take()).isEqualTo("10.112.1.6");
    assertThat(pool.take()).isEqualTo("10.112.1.2");
    assertThatThrownBy(pool::take)
        .isInstanceOf(IOException.class)
        .hasMessage("no free address in the node's pod range 10.112.1.0/29");
  }

  @Test
  void rangesThatCannotBeAreRefused() {
    for (String range : new String[] {"10.0.0.0", "10.0.0.0/30", "fd00::/64"}) {
      assertThatThrownBy(() -> new AddressPool(range))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(range);
    }
  }
}
