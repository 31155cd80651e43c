package dev.fairlead.controllers.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudAnnotationsTest {

  @ParameterizedTest
  @CsvSource({
    "service.beta.kubernetes.io/azure-load-balancer-internal, true, true",
    "service.beta.kubernetes.io/azure-load-balancer-internal, false, false",
    "service.beta.kubernetes.io/aws-load-balancer-internal, true, true",
    "service.beta.kubernetes.io/aws-load-balancer-internal, 0.0.0.0/0, true",
    "service.beta.kubernetes.io/aws-load-balancer-scheme, internal, true",
    "service.beta.kubernetes.io/aws-load-balancer-scheme, internet-facing, false",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type, intranet, true",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type, internet, false",
    "cloud.google.com/load-balancer-type, Internal, true",
    "networking.gke.io/load-balancer-type, Internal, true",
    "somebody.else/load-balancer-internal, true, false",
  })
  void internalIsAskedForInEachCloudsWay(String name, String value, boolean internal) {
    assertThat(CloudAnnotations.internal(Map.of(name, value))).isEqualTo(internal);
  }

  @Test
  void theFieldGoesBeforeTheAnnotations() {
    var tree = Json.object();
    tree.putObject("metadata")
        .putObject("annotations")
        .put("metallb.io/loadBalancerIPs", "10.111.200.9");
    assertThat(CloudAnnotations.fixedAddress(Document.of(tree.deepCopy())))
        .isEqualTo("10.111.200.9");
    tree.putObject("spec").put("loadBalancerIP", "10.111.200.7");
    assertThat(CloudAnnotations.fixedAddress(Document.of(tree))).isEqualTo("10.111.200.7");
  }
}
