package dev.fairlead.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
  @Test
  void containersAndSidecarsHaveThem() {
    String json =
        "{'initContainers':[{'name':'i','ports':[{'containerPort':1,'hostPort':1}]},"
            + "{'name':'s','restartPolicy':'Always','ports':[{'containerPort':2,'hostPort':20}]}],"
            + "'containers':[{'name':'c','ports':[{'containerPort':3},"
            + "{'containerPort':4,'hostPort':40,'hostIP':'10.111.0.11','protocol':'UDP'},"
            + "{'name':'again','containerPort':4,'hostPort':40,'hostIP':'10.111.0.11','protocol':'UDP'}]}]}";
    assertThat(HostPort.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))))
        .containsExactly(new HostPort("TCP", "", 20, 2), new HostPort("UDP", "10.111.0.11", 40, 4));
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
}
