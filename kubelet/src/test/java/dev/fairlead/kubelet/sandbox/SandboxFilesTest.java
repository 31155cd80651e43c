package dev.fairlead.kubelet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.KubeletSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(ResolvConf.of(pod("{}"), settings, NODE).text())
        .isEqualTo(
            """
            nameserver 10.115.240.10
            search ns.svc.cluster.local svc.cluster.local cluster.local example.net
            options ndots:5
            """);
  }

  @Test
  void defaultAndHostNetworkTakeTheNodes() {
    assertThat(ResolvConf.of(pod("{'dnsPolicy':'Default'}"), settings, NODE).text())
        .isEqualTo(NODE);
    assertThat(ResolvConf.of(pod("{'hostNetwork':true}"), settings, NODE).text()).isEqualTo(NODE);
    assertThat(
            ResolvConf.of(
                    pod("{'hostNetwork':true,'dnsPolicy':'ClusterFirstWithHostNet'}"),
                    settings,
                    NODE)
                .text())
        .startsWith("nameserver 10.115.240.10\n");
  }

  @Test
  void configurationIsAddedAndOptionsReplaced() {
    String config =
        "'dnsConfig':{'nameservers':['192.0.2.9'],'searches':['a.b'],'options':[{'name':'ndots','value':'2'},{'name':'rotate'}]}";
    assertThat(ResolvConf.of(pod("{'dnsPolicy':'None'," + config + "}"), settings, NODE).text())
        .isEqualTo("nameserver 192.0.2.9\nsearch a.b\noptions ndots:2 rotate\n");
    assertThat(ResolvConf.of(pod("{" + config + "}"), settings, "").text())
        .contains("options ndots:2 rotate");
  }

  @Test
  void hostsNameThePodAndItsAliases() {
    Pod pod = pod("{'hostAliases':[{'ip':'192.0.2.5','hostnames':['x','y']}]}");
    assertThat(EtcHosts.of(pod, "10.112.1.2", "p", "sub.ns.svc.cluster.local"))
        .contains("10.112.1.2\tp.sub.ns.svc.cluster.local\tp\n")
        .endsWith("# Entries added by HostAliases.\n192.0.2.5\tx\ty\n");
  }

  @Test
  void whatIsTooMuchIsLeftOutAndTold() {
    ResolvConf servers =
        ResolvConf.of(
            pod("{'dnsConfig':{'nameservers':['192.0.2.1','192.0.2.2','192.0.2.3','192.0.2.1']}}"),
            settings,
            "");
    assertThat(servers.text()).contains("nameserver 192.0.2.2\n").doesNotContain("192.0.2.3");
    assertThat(servers.warnings())
        .containsExactly(
            "Nameserver limits were exceeded, some nameservers have been omitted, the applied"
                + " nameserver line is: 10.115.240.10 192.0.2.1 192.0.2.2");
    String many =
        IntStream.range(0, 40).mapToObj(i -> "'s" + i + "'").collect(Collectors.joining(","));
    ResolvConf searches =
        ResolvConf.of(
            pod("{'dnsPolicy':'None','dnsConfig':{'searches':[" + many + "]}}"), settings, "");
    assertThat(searches.text()).endsWith(" s30 s31\n");
    assertThat(searches.warnings().getFirst())
        .startsWith(
            "Search Line limits were exceeded, some search paths have been omitted, the applied"
                + " search line is: s0 ");
    String one = "a".repeat(1500);
    assertThat(
            ResolvConf.of(
                    pod(
                        "{'dnsPolicy':'None','dnsConfig':{'searches':['%s','%sb','c']}}"
                            .formatted(one, one)),
                    settings,
                    "")
                .text())
        .isEqualTo("search " + one + "\n");
    assertThat(ResolvConf.of(pod("{}"), settings, NODE).warnings()).isEmpty();
  }

  @Test
  void aPodOfTheNodesNetworkHasTheNodesHosts() {
    Pod pod = pod("{'hostNetwork':true,'hostAliases':[{'ip':'192.0.2.5','hostnames':['x']}]}");
    assertThat(EtcHosts.ofNode(pod, "127.0.0.1 localhost\n"))
        .isEqualTo(
            "# Kubernetes-managed hosts file (host network).\n"
                + "127.0.0.1 localhost\n\n"
                + "# Entries added by HostAliases.\n"
                + "192.0.2.5\tx\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | p",
        "{'hostname':'h'} | h",
        "{'hostname':'h','setHostnameAsFQDN':true} | h",
        "{'hostname':'h','subdomain':'s'} | h",
        "{'hostname':'h','subdomain':'s','setHostnameAsFQDN':true} | h.s.ns.svc.cluster.local",
        "{'hostNetwork':true,'hostname':'h'} | node-1",
      })
  void names(String spec, String name) throws IOException {
    assertThat(SandboxFiles.kernelName(pod(spec), settings)).isEqualTo(name);
  }

  @Test
  void aFullNameMayBeTooLong() {
    String name = "h".repeat(60);
    Pod pod = pod("{'hostname':'%s','subdomain':'s','setHostnameAsFQDN':true}".formatted(name));
    assertThatThrownBy(() -> SandboxFiles.kernelName(pod, settings))
        .hasMessage(
            "Failed to construct FQDN from pod hostname and cluster domain, FQDN %s.s.ns.svc.cluster.local is too long (64 characters is the max, 83 characters requested)"
                .formatted(name));
  }
}
