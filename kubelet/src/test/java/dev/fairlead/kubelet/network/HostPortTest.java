package dev.fairlead.kubelet.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Pod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
  @Test
  void containersAndSidecarsHaveThem() {
    String json =
        "{'spec':{'initContainers':[{'name':'i','ports':[{'containerPort':1,'hostPort':1}]},"
            + "{'name':'s','restartPolicy':'Always','ports':[{'containerPort':2,'hostPort':20}]}],"
            + "'containers':[{'name':'c','ports':[{'containerPort':3},"
            + "{'containerPort':4,'hostPort':40,'hostIP':'10.111.0.11','protocol':'UDP'},"
            + "{'name':'again','containerPort':4,'hostPort':40,'hostIP':'10.111.0.11','protocol':'UDP'}]}]}}";
    Document pod = Document.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    assertThat(HostPort.of(Pod.of(pod)))
        .containsExactly(new HostPort("tcp", "", 20, 2), new HostPort("udp", "10.111.0.11", 40, 4));
  }

  @ParameterizedTest
  @CsvSource({
    "TCP,'',80,true",
    "TCP,0.0.0.0,80,true",
    "TCP,10.111.0.11,80,true",
    "UDP,'',80,false",
    "TCP,'',81,false",
  })
  void aPortOfAllAddressesIsThatOfEach(String protocol, String ip, int port, boolean conflict) {
    HostPort known = new HostPort("TCP", "", 80, 8080);
    HostPort other = new HostPort(protocol, ip, port, 1);
    assertThat(known.conflicts(other)).isEqualTo(conflict);
    assertThat(other.conflicts(known)).isEqualTo(conflict);
  }

  @Test
  void twoAddressesAreTwoPorts() {
    assertThat(
            new HostPort("TCP", "127.0.0.1", 80, 1)
                .conflicts(new HostPort("TCP", "10.111.0.11", 80, 1)))
        .isFalse();
  }

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
