package dev.fairlead.kubelet.network;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.view.HostPort;
import dev.fairlead.kubelet.Root;
import dev.fairlead.linux.Namespaces;
import dev.fairlead.linux.NetworkNamespace;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostPortsTest {
  private static final List<HostPort> PORTS = List.of(new HostPort("UDP", "", 5300, 53));

  @BeforeEach
  void root() {
    Root.assume();
  }

  @Test
  void whenTheNodesNamespaceIsGoneNothingIsOpenedAndClosingStaysQuiet() throws IOException {
    NetworkNamespace node = Namespaces.create("node-1");
    HostPorts ports = HostPorts.start(node);
    ports.open("10.112.1.2", PORTS);
    node.close();
    assertThatThrownBy(() -> ports.open("10.112.1.3", PORTS))
        .isInstanceOf(IOException.class)
        .hasMessage("host ports: namespace node-1 is closed");
    assertThatCode(() -> ports.close("10.112.1.2")).doesNotThrowAnyException();
    assertThatCode(ports::close).doesNotThrowAnyException();
  }
}
