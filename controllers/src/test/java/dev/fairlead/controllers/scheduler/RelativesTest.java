package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.OwnerReference;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a pod without constraints is spread among, by table. */
final class RelativesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // labels | selector of a Service | kind and selector of the controller | relatives
        "app=x       | {}               | -                     | ''",
        "app=x       | {'app':'x'}      | -                     | app=x",
        "app=x       | {'app':'y'}      | -                     | ''",
        "app=x,t=web | {'app':'x'}      | ReplicationController {'app':'x','t':'web'} | app=x,t=web",
        "app=x,h=1   | {'app':'x'}      | ReplicaSet {'matchLabels':{'h':'1'}} | app=x,h=1",
        "app=x,h=1   | {'none':''}      | StatefulSet {'matchExpressions':[{'key':'h','operator':'Exists'}]} | h",
        "app=x       | {}               | Job {'matchLabels':{'h':'1'}} | ''",
      })
  void theySelectIt(String labels, String service, String controller, String relatives) {
    String[] parts = controller.split(" ", 2);
    Document pod = Board.pod("default", "p", labels, "");
    Document owned =
        parts.length < 2
            ? pod
            : pod.with(tree ->
                tree.withObjectProperty("metadata")
                    .withArray("ownerReferences")
                    .add(
                        new OwnerReference("apps/v1", parts[0], "owner", "u", true, true)
                            .toTree()));
    Relatives known =
        new Relatives(
            _ -> List.of(Board.document("{'spec':{'selector':%s}}".formatted(service))),
            (owner, _) ->
                owner.kind().equals("Job")
                    ? null
                    : Board.document("{'spec':{'selector':%s}}".formatted(parts[1])));
    String expected = relatives.equals("''") ? "" : relatives;
    assertThat(known.apply(owned).toString()).isEqualTo(expected);
  }
}
