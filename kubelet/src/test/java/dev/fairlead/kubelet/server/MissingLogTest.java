package dev.fairlead.kubelet.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingLogTest {

  /** A row: the pod's status, whether the run before is asked for, what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{} | false | container \"c\" in pod \"p\" is not available",
        "{'containerStatuses':[{'name':'d'}]} | false | container \"c\" in pod \"p\" is not available",
        "{'containerStatuses':[{'name':'c','state':{}}]} | false | container \"c\" in pod \"p\" is waiting to start - no logs yet",
        "{'containerStatuses':[{'name':'c','state':{'waiting':{'reason':'ContainerCreating'}}}]} | false | container \"c\" in pod \"p\" is waiting to start: ContainerCreating",
        "{'initContainerStatuses':[{'name':'c','state':{'waiting':{'reason':'ErrImagePull'}}}]} | false | container \"c\" in pod \"p\" is waiting to start: image can't be pulled",
        "{'ephemeralContainerStatuses':[{'name':'c','state':{'waiting':{'reason':'ImagePullBackOff'}}}]} | false | container \"c\" in pod \"p\" is waiting to start: trying and failing to pull image",
        "{'containerStatuses':[{'name':'c','state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':{'terminated':{'exitCode':128}}}]} | false | container \"c\" in pod \"p\" is terminated",
        "{'containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':128}}}]} | false | container \"c\" in pod \"p\" is terminated",
        "{} | true | previous terminated container \"c\" in pod \"p\" not found",
      })
  void why(String status, boolean previous, String said) {
    String json = "{'metadata':{'name':'p'},'status':" + status + "}";
    Document pod = Document.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    assertThat(MissingLog.why(pod, "c", previous)).isEqualTo(said);
  }
}
