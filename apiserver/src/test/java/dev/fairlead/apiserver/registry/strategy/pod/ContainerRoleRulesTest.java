package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.apiserver.registry.Trees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerRoleRulesTest {
  private static List<String> errors(String pod) {
    ObjectNode tree = Yaml.parse(pod.getBytes(StandardCharsets.UTF_8));
    ObjectNode spec = Trees.child(tree, "spec");
    PodDefaults.pod(spec);
    return PodSpecRules.pod(Document.of(tree)).stream().map(FieldError::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "livenessProbe: {grpc: {port: 0}} | livenessProbe.grpc.port: Invalid value: 0: must be"
            + " between 1 and 65535, inclusive",
        "livenessProbe: {grpc: {port: 99999}} | livenessProbe.grpc.port: Invalid value: 99999: must"
            + " be between 1 and 65535, inclusive",
        "livenessProbe: {exec: {command: []}} | livenessProbe.exec.command: Required value",
        "livenessProbe: {} | livenessProbe: Required value: must specify a handler type",
        "livenessProbe: {exec: {command: [a]}, grpc: {port: 1}} | livenessProbe.grpc: Forbidden:"
            + " may not specify more than 1 handler type",
        "livenessProbe: {grpc: {port: 1}, successThreshold: 2} | livenessProbe.successThreshold:"
            + " Invalid value: 2: must be 1",
        "startupProbe: {grpc: {port: 1}, successThreshold: 2} | startupProbe.successThreshold:"
            + " Invalid value: 2: must be 1",
        "livenessProbe: {grpc: {port: 1}, terminationGracePeriodSeconds: 0} |"
            + " livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than"
            + " 0",
        "readinessProbe: {grpc: {port: 1}, terminationGracePeriodSeconds: 3} |"
            + " readinessProbe.terminationGracePeriodSeconds: Invalid value: 3: must not be set for"
            + " readinessProbes",
        "readinessProbe: {httpGet: {port: 1, scheme: FTP}} | readinessProbe.httpGet.scheme:"
            + " Unsupported value: \"FTP\": supported values: \"HTTP\", \"HTTPS\"",
        "readinessProbe: {httpGet: {port: 1, httpHeaders: [{name: 'a b', value: c}]}} |"
            + " readinessProbe.httpGet.httpHeaders: Invalid value: \"a b\": a valid HTTP header"
            + " must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used"
            + " for validation is '[-A-Za-z0-9]+')",
        "readinessProbe: {tcpSocket: {port: 0}, periodSeconds: -1} | readinessProbe.tcpSocket.port:"
            + " Invalid value: 0: must be between 1 and 65535, inclusive",
        "lifecycle: {preStop: {sleep: {seconds: 31}}} | lifecycle.preStop.sleep: Invalid value: 31:"
            + " must be non-negative and less than terminationGracePeriodSeconds (30)",
        "lifecycle: {postStart: {}} | lifecycle.postStart: Required value: must specify a handler"
            + " type",
        "terminationMessagePolicy: Never | terminationMessagePolicy: Unsupported value: \"Never\":"
            + " supported values: \"File\", \"FallbackToLogsOnError\"",
        "restartPolicy: Always | restartPolicy: Forbidden: may not be set for non-init containers",
      })
  void ofAContainer(String field, String error) {
    assertThat(errors("{spec: {containers: [{name: c, image: x, %s}]}}".formatted(field)))
        .contains("spec.containers[0]." + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "livenessProbe: {grpc: {port: 1}} | livenessProbe: Forbidden: may not be set for init"
            + " containers without restartPolicy=Always",
        "lifecycle: {preStop: {sleep: {seconds: 1}}} | lifecycle: Forbidden: may not be set for"
            + " init containers without restartPolicy=Always",
        "restartPolicy: Never | restartPolicy: Unsupported value: \"Never\": supported values:"
            + " \"Always\"",
      })
  void ofAnInitContainer(String field, String error) {
    assertThat(
            errors(
                "{spec: {initContainers: [{name: i, image: x, %s}], containers: [{name: c, image: x}]}}"
                    .formatted(field)))
        .containsExactly("spec.initContainers[0]." + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{initContainers: [{name: i, image: x, restartPolicy: Always, readinessProbe: {grpc: {port:"
            + " 1}}, lifecycle: {preStop: {sleep: {seconds: 30}}}}], containers: [{name: c, image:"
            + " x}]}",
        "{containers: [{name: c, image: x, livenessProbe: {grpc: {port: 1, service: s},"
            + " terminationGracePeriodSeconds: 5}}]}",
      })
  void whatIsRight(String spec) {
    assertThat(errors("{spec: " + spec + "}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "dnsPolicy: None | spec.dnsConfig: Required value: must provide `dnsConfig` when"
            + " `dnsPolicy` is None",
        "dnsPolicy: None, dnsConfig: {searches: [a]} | spec.dnsConfig.nameservers: Required value:"
            + " must provide at least one DNS nameserver when `dnsPolicy` is None",
        "dnsConfig: {nameservers: [x]} | spec.dnsConfig.nameservers[0]: Invalid value: \"x\": must"
            + " be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
        "dnsConfig: {nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4]} |"
            + " spec.dnsConfig.nameservers: Invalid value:"
            + " [\"1.1.1.1\",\"1.1.1.2\",\"1.1.1.3\",\"1.1.1.4\"]: must not have more than 3"
            + " nameservers",
        "dnsConfig: {options: [{value: a}]} | spec.dnsConfig.options[0]: Required value: must not"
            + " be empty",
        "hostAliases: [{ip: x, hostnames: [a]}] | spec.hostAliases[0].ip: Invalid value: \"x\":"
            + " must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
      })
  void ofNames(String fields, String error) {
    assertThat(errors("{spec: {%s, containers: [{name: c, image: x}]}}".formatted(fields)))
        .containsExactly(error);
  }
}
