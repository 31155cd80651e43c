package dev.fairlead.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports of the node that lead to pods, by real packets. */
class ProcessHostPortsTest {
  private static final String WEB =
      "{'terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'host','workingDir':'/etc',"
          + "'command':['python3','-u','-m','http.server','8080'],"
          + "'ports':[{'containerPort':8080,'hostPort':80%s}],"
          + "'readinessProbe':{'tcpSocket':{'port':8080},'periodSeconds':1}}]}";

  /** Answers each datagram with its own name. */
  private static final String ECHO =
      "{'terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'host','command':['python3','-c',"
          + "'import socket\\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\\ns.bind((\\\"\\\",5353))\\n"
          + "while True:\\n  d,a=s.recvfrom(99)\\n  s.sendto(socket.gethostname().encode(),a)'],"
          + "'ports':[{'containerPort':5353,'hostPort':5300,'protocol':'UDP'}]}]}";

  /** Asks from one and the same port, so that the kernel takes it for one flow. */
  private static final String ASK =
      "import socket\ns=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\ns.settimeout(1)\n"
          + "s.bind(('10.111.0.11',4444))\ns.sendto(b'x',('10.111.0.11',5300))\n"
          + "try:\n  print(s.recv(99).decode())\nexcept OSError as e:\n  print('nobody')";

  @TempDir Path state;
  @AutoClose private ProcessNode node;

  @BeforeEach
  void start() throws IOException {
    Root.assume();
    node = new ProcessNode(state);
  }

  private String curl(String url) throws IOException {
    return node.onNode("curl", "-sS", "-m", "5", url);
  }

  @Test
  void everyAddressOfTheNodeLeadsToThePodUntilItGoes() throws IOException {
    node.pod("web", WEB.formatted(""));
    node.cluster.awaitReady("web");
    for (String address : new String[] {"10.111.0.11", "127.0.0.1", "10.112.1.1"}) {
      assertThat(curl("http://" + address + "/hostname")).as(address).isEqualTo("web\n");
    }
    node.pod(
        "client",
        "{'terminationGracePeriodSeconds':1,'containers':[{'name':'c','image':'host',"
            + "'command':['sh','-c','curl -sS -m 5 http://10.111.0.11/hostname; exec sleep 1000']}]}");
    node.awaitLog("client", "c", 0, " stdout F web\n");
    assertThat(node.inPod("web", "curl", "-sS", "-m", "5", "http://10.111.0.11/hostname"))
        .as("the pod itself")
        .isEqualTo("web\n");
    node.cluster.delete("web", 0);
    node.cluster.awaitGone("web");
    await()
        .untilAsserted(() ->
            assertThat(node.onNode("nft", "list", "table", "ip", "fairlead-hostports"))
                .doesNotContain("tcp . 80")
                .doesNotContain("10.112.1.2"));
    assertThat(curl("http://10.111.0.11/hostname")).contains("Failed to connect");
    node.stop();
    assertThat(node.onNode("nft", "list", "tables")).isEmpty();
  }

  @Test
  void hostIpIsOneAddress() throws IOException {
    node.pod("web", WEB.formatted(",'hostIP':'127.0.0.1'"));
    node.cluster.awaitReady("web");
    assertThat(curl("http://127.0.0.1/hostname")).isEqualTo("web\n");
    assertThat(curl("http://10.111.0.11/hostname")).contains("Failed to connect");
  }

  @Test
  void aClientThatKeepsSendingDatagramsReachesTheNextPod() throws IOException {
    assertThat(node.onNode("python3", "-c", ASK)).contains("nobody");
    node.pod("one", ECHO);
    node.cluster.awaitReady("one");
    await().untilAsserted(() -> assertThat(node.onNode("python3", "-c", ASK)).isEqualTo("one\n"));
    node.cluster.delete("one", 0);
    node.cluster.awaitGone("one");
    node.pod("two", ECHO);
    node.cluster.awaitReady("two");
    await().untilAsserted(() -> assertThat(node.onNode("python3", "-c", ASK)).isEqualTo("two\n"));
  }

  @Test
  void anAddressOfAnotherFamilyIsRefusedByName() {
    node.pod("six", WEB.formatted(",'hostIP':'::1'"));
    node.awaitEvent(
        "FailedCreatePodSandBox: Failed to create pod sandbox: spec.containers[0].ports[0].hostIP is not"
            + " supported by this kubelet");
  }
}
