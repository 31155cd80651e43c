package dev.fairlead.kubelet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.KubeletSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SandboxFilesTest {
  private static final String NODE = "nameserver 192.0.2.1\nsearch example.net\noptions edns0\n";
  private final KubeletSettings settings =
      KubeletSettings.of("node-1", "10.111.0.11", "z", Path.of("/nowhere"));

  private static Pod pod(String spec) {
    String json = "{'metadata':{'name':'p','namespace':'ns'},'spec':" + spec + "}";
    return Pod.of(Document.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void clusterFirst() {
    assertThat(ResolvConf.of(pod("{}"), settings, NODE))
        .isEqualTo(
            """
            nameserver 10.115.240.10
            search ns.svc.cluster.local svc.cluster.local cluster.local example.net
            options ndots:5
            """);
  }

  @Test
  void defaultAndHostNetworkTakeTheNodes() {
    assertThat(ResolvConf.of(pod("{'dnsPolicy':'Default'}"), settings, NODE)).isEqualTo(NODE);
    assertThat(ResolvConf.of(pod("{'hostNetwork':true}"), settings, NODE)).isEqualTo(NODE);
    assertThat(
            ResolvConf.of(
                pod("{'hostNetwork':true,'dnsPolicy':'ClusterFirstWithHostNet'}"), settings, NODE))
        .startsWith("nameserver 10.115.240.10\n");
  }

  @Test
  void configurationIsAddedAndOptionsReplaced() {
    String config =
        "'dnsConfig':{'nameservers':['192.0.2.9'],'searches':['a.b'],'options':[{'name':'ndots','value':'2'},{'name':'rotate'}]}";
    assertThat(ResolvConf.of(pod("{'dnsPolicy':'None'," + config + "}"), settings, NODE))
        .isEqualTo("nameserver 192.0.2.9\nsearch a.b\noptions ndots:2 rotate\n");
    assertThat(ResolvConf.of(pod("{" + config + "}"), settings, ""))
        .contains("options ndots:2 rotate");
  }

  @Test
  void hostsNameThePodAndItsAliases() {
    Pod pod = pod("{'hostAliases':[{'ip':'192.0.2.5','hostnames':['x','y']}]}");
    assertThat(EtcHosts.of(pod, "10.112.1.2", "p", "sub.ns.svc.cluster.local"))
        .contains("10.112.1.2\tp.sub.ns.svc.cluster.local\tp\n")
        .endsWith("# Entries added by HostAliases.\n192.0.2.5\tx\ty\n");
  }
}
