package dev.fairlead.kubelet.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.view.HostPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostPortTableTest {
  @Test
  void whatIsAddedIsDeleted() {
    List<HostPort> ports =
        List.of(new HostPort("TCP", "", 80, 8080), new HostPort("UDP", "127.0.0.1", 53, 5353));
    assertThat(HostPortTable.add("10.112.1.2", ports))
        .isEqualTo(
            """
            add element ip fairlead-hostports hostports { tcp . 80 : 10.112.1.2 . 8080 }
            add element ip fairlead-hostports address-hostports { 127.0.0.1 . udp . 53 : 10.112.1.2 . 5353 }
            add element ip fairlead-hostports hairpin { 10.112.1.2 . 10.112.1.2 }
            """);
    assertThat(HostPortTable.delete("10.112.1.2", ports))
        .isEqualTo(
            """
            delete element ip fairlead-hostports hostports { tcp . 80 }
            delete element ip fairlead-hostports address-hostports { 127.0.0.1 . udp . 53 }
            delete element ip fairlead-hostports hairpin { 10.112.1.2 . 10.112.1.2 }
            """);
    assertThat(HostPortTable.whole(Map.of("10.112.1.2", ports)))
        .endsWith(HostPortTable.add("10.112.1.2", ports));
  }
}
