package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.apiserver.registry.rules.FieldPath;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations that mean something to pods. */
class PodAnnotationRulesTest {
  private static List<String> errors(String annotations) {
    return PodErrors.of(
        "{metadata: {name: p, annotations: {%s}}, spec: {containers: [{name: c, image: x}]}}",
        annotations);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          kubernetes.io/config.mirror: x | [kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set
          controller.kubernetes.io/pod-deletion-cost: '1.5' | [controller.kubernetes.io/pod-deletion-cost]: Invalid value: "1.5": must be a 32bit integer
          controller.kubernetes.io/pod-deletion-cost: '+1' | [controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+1": must be a 32bit integer
          controller.kubernetes.io/pod-deletion-cost: '2147483648' | [controller.kubernetes.io/pod-deletion-cost]: Invalid value: "2147483648": must be a 32bit integer
          seccomp.security.alpha.kubernetes.io/pod: x | .seccomp.security.alpha.kubernetes.io/pod: Invalid value: "x": must be a valid seccomp profile
          container.seccomp.security.alpha.kubernetes.io/c: localhost/../x | .container.seccomp.security.alpha.kubernetes.io/c: Invalid value: "../x": must not contain '..'
          container.apparmor.security.beta.kubernetes.io/d: x | [container.apparmor.security.beta.kubernetes.io/d]: Invalid value: "d": container not found && [container.apparmor.security.beta.kubernetes.io/d]: Invalid value: "x": invalid AppArmor profile name: "x"
          """)
  void refused(String annotations, String errors) {
    PodErrors.assertSame(errors(annotations), errors, "metadata.annotations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "controller.kubernetes.io/pod-deletion-cost: '-2147483648'",
        "seccomp.security.alpha.kubernetes.io/pod: localhost/a/b.json",
        "container.apparmor.security.beta.kubernetes.io/c: localhost/x",
      })
  void accepted(String annotations) {
    assertThat(errors(annotations)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          seccomp.security.alpha.kubernetes.io/pod: unconfined | seccompProfile: {type: RuntimeDefault} | spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match
          seccomp.security.alpha.kubernetes.io/pod: localhost/a | seccompProfile: {type: Localhost, localhostProfile: b} | spec.securityContext.seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match
          container.apparmor.security.beta.kubernetes.io/c: unconfined | appArmorProfile: {type: RuntimeDefault} | spec.containers[0].securityContext.appArmorProfile.type: Forbidden: apparmor type in annotation and field must match
          container.apparmor.security.beta.kubernetes.io/c: localhost/a | appArmorProfile: {type: Localhost, localhostProfile: b} | spec.containers[0].securityContext.appArmorProfile.localhostProfile: Forbidden: apparmor profile in annotation and field must match
          """)
  void profilesNamedTwice(String annotation, String context, String error) {
    assertThat(twice(annotation, context)).containsExactly(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          seccomp.security.alpha.kubernetes.io/pod: docker/default | seccompProfile: {type: RuntimeDefault}
          seccomp.security.alpha.kubernetes.io/pod: localhost/a | seccompProfile: {type: Localhost, localhostProfile: a}
          container.apparmor.security.beta.kubernetes.io/c: unconfined | runAsUser: 1
          """)
  void profilesThatAgree(String annotation, String context) {
    assertThat(twice(annotation, context)).isEmpty();
  }

  private static List<String> twice(String annotation, String context) {
    Document pod =
        PodErrors.pod(
            "{metadata: {name: p, annotations: {%s}}, spec: {securityContext: {%s}, containers:"
                    .formatted(annotation, context)
                + " [{name: c, image: x}]}}");
    return PodErrors.texts(
        AnnotatedProfiles.validate(pod.tree().path("metadata"), pod.spec(), FieldPath.of("spec")));
  }
}
