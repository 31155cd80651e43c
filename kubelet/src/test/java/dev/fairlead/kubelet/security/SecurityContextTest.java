package dev.fairlead.kubelet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.kubelet.environment.ConfigException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityContextTest {
  private static Document pod(String pod, String container) {
    String text =
        "{'spec':{'securityContext':%s,'containers':[{'name':'c','securityContext':%s}]}}"
            .formatted(pod, container);
    return Document.of(Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static String prefix(String pod, String container) throws ConfigException {
    return String.join(
        " ",
        SecurityContext.of(pod(pod, container), "c")
            .identity(user -> user == 7 ? Long.valueOf(77) : null, "p_n(u)", "c")
            .prefix());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {} | ``",
        "{} | {'privileged':true,'capabilities':{'add':['NET_ADMIN']}} | ``",
        "{} | {'runAsUser':8} | --reuid 8 --regid 0 --clear-groups",
        "{'runAsUser':7} | {} | --reuid 7 --regid 77 --clear-groups",
        "{'runAsUser':7,'runAsGroup':1} | {'runAsUser':8} | --reuid 8 --regid 1 --clear-groups",
        "{'fsGroup':5,'supplementalGroups':[3,4]} | {} | --groups=3,4,5",
        "{} | {'capabilities':{'drop':['ALL'],'add':['CAP_CHOWN']}} | --bounding-set=-all,+chown --inh-caps=-all",
        "{} | {'allowPrivilegeEscalation':false} | --no-new-privs",
      })
  void theContainersWordCountsMore(String pod, String container, String options)
      throws ConfigException {
    assertThat(prefix(pod, container))
        .isEqualTo(options.isEmpty() ? "" : "/usr/bin/setpriv " + options + " --");
  }

  @Test
  void whoMustNotBeRootIsNot() throws ConfigException {
    assertThatThrownBy(() -> prefix("{'runAsNonRoot':true}", "{}"))
        .hasMessage(
            "container has runAsNonRoot and image will run as root (pod: \"p_n(u)\", container: c)");
    assertThatThrownBy(() -> prefix("{'runAsUser':0}", "{'runAsNonRoot':true}"))
        .hasMessage("container's runAsUser breaks non-root policy (pod: \"p_n(u)\", container: c)");
    assertThat(prefix("{'runAsNonRoot':true}", "{'runAsNonRoot':false}")).isEmpty();
    assertThat(prefix("{'runAsNonRoot':true,'runAsUser':9}", "{}")).contains("--reuid 9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'seLinuxOptions':{'level':'s0'}} | x.seLinuxOptions",
        "{'sysctls':[{'name':'a','value':'b'}]} | x.sysctls",
        "{'seccompProfile':{'type':'Localhost'}} | x.seccompProfile",
        "{'procMount':'Unmasked'} | x.procMount",
        "{'capabilities':{'add':['FLY']}} | x.capabilities.add FLY",
      })
  void whatIsNotHonouredIsNamed(String context, String field) {
    assertThat(SecurityContext.refused(pod(context, "{}").spec().path("securityContext"), "x"))
        .isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}",
        "{'seccompProfile':{'type':'RuntimeDefault'},'runAsNonRoot':true}",
        "{'capabilities':{'drop':['ALL']},'seLinuxOptions':{}}",
      })
  void whatIsHonouredIsNot(String context) {
    assertThat(SecurityContext.refused(pod(context, "{}").spec().path("securityContext"), "x"))
        .isNull();
  }

  @Test
  void theMachineKnowsItsUsers() {
    String passwd = "root:x:0:0::/root:/bin/sh\nbroken\njane:x:1000:100::/:/bin/sh\n";
    assertThat(Accounts.groupOf(1000, passwd)).isEqualTo(100L);
    assertThat(Accounts.groupOf(5, passwd)).isNull();
  }
}
