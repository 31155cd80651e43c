package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of a pod: the status before, the status after, and what upstream says. */
class PodStatusRulesTest {
  private static List<String> errors(String policy, String before, String after) {
    return PodErrors.texts(PodStatusRules.validate(pod(policy, after), pod(policy, before)));
  }

  private static Document pod(String policy, String status) {
    return PodErrors.pod(
        "{metadata: {name: p}, spec: {restartPolicy: %s, initContainers: [{name: s, image: x,"
                .formatted(policy)
            + " restartPolicy: Always}], containers: [{name: c, image: x}]}, status: {%s}}"
                .formatted(status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          Never | phase: Pending | conditions: [{type: 'a b'}] | metadata.conditions[0].Type: Invalid value: "a b": NAME_PART
          Never | qosClass: Burstable | qosClass: Guaranteed | status.qosClass: Invalid value: "Guaranteed": field is immutable
          Never | phase: Pending | nominatedNodeName: A | status.nominatedNodeName: Invalid value: "A": SUBDOMAIN
          Never | phase: Pending | podIPs: [{ip: x}] | status.podIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
          Never | phase: Pending | podIPs: [{ip: 10.0.0.1}, {ip: 10.0.0.2}] | status.podIPs: Invalid value: [{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]: may specify no more than one IP for each IP family
          Never | phase: Pending | hostIP: 10.0.0.2, hostIPs: [{ip: 10.0.0.1}] | status.hostIPs[0].ip: Invalid value: "10.0.0.1": must be equal to `hostIP`
          Never | containerStatuses: [{name: c, state: {terminated: {exitCode: 1}}}] | containerStatuses: [{name: c, state: {running: {}}}] | status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state
          OnFailure | containerStatuses: [{name: c, state: {terminated: {exitCode: 0}}}] | containerStatuses: [{name: c, state: {waiting: {}}}] | status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state
          Always | ephemeralContainerStatuses: [{name: e, state: {terminated: {exitCode: 0}}}] | ephemeralContainerStatuses: [{name: e, state: {running: {}}}] | status.ephemeralContainerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state
          """)
  void refused(String policy, String before, String after, String error) {
    PodErrors.assertSame(errors(policy, before, after), error, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          Always | containerStatuses: [{name: c, state: {terminated: {exitCode: 0}}}] | containerStatuses: [{name: c, state: {running: {}}}]
          OnFailure | containerStatuses: [{name: c, state: {terminated: {exitCode: 1}}}] | containerStatuses: [{name: c, state: {running: {}}}]
          Never | initContainerStatuses: [{name: s, state: {terminated: {exitCode: 1}}}] | initContainerStatuses: [{name: s, state: {running: {}}}]
          Never | containerStatuses: [{name: c, state: {terminated: {exitCode: 1}}}] | containerStatuses: []
          Never | phase: Pending | podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}], hostIP: 10.1.0.1, hostIPs: [{ip: 10.1.0.1}], conditions: [{type: Ready}, {type: example.com/x}]
          """)
  void accepted(String policy, String before, String after) {
    assertThat(errors(policy, before, after)).isEmpty();
  }
}
