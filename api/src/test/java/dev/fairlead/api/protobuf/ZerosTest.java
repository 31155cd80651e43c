package dev.fairlead.api.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zeros that stand in a message. */
class ZerosTest {

  /** What upstream's encoder writes for a field that nobody has set must not come out as set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas                                | {"spec":{"replicas":0}}                | {"spec":{"replicas":0}}
          a value that is left out                | {"spec":{"minReadySeconds":0}}         | {"spec":{}}
          a boolean value                         | {"spec":{"paused":false}}              | {"spec":{}}
          a counter of the status                 | {"status":{"readyReplicas":0}}         | {"status":{}}
          a pointer of the status                 | {"status":{"collisionCount":0}}        | {"status":{"collisionCount":0}}
          text                                    | {"metadata":{"name":"","namespace":""}} | {"metadata":{}}
          an unset time                           | {"metadata":{"creationTimestamp":""}}  | {"metadata":{}}
          an empty list                           | {"metadata":{"finalizers":[]}}         | {"metadata":{}}
          an empty map                            | {"metadata":{"labels":{}}}             | {"metadata":{}}
          null                                    | {"metadata":{"labels":null}}           | {"metadata":{}}
          an empty value of a map                 | {"metadata":{"labels":{"a":""}}}       | {"metadata":{"labels":{"a":""}}}
          an empty object                         | {"spec":{"strategy":{}}}               | {"spec":{"strategy":{}}}
          """)
  void zerosOfADeployment(String name, String sent, String read) {
    TypeSchema type = Schema.load().of(Kinds.DEPLOYMENT);
    byte[] message = Protobuf.message(type, Json.parse(sent.getBytes(StandardCharsets.UTF_8)));
    byte[] envelope = Envelope.of("apps/v1", "Deployment", message).bytes();
    ObjectNode tree = Protobuf.read(envelope, "");
    tree.remove(List.of("apiVersion", "kind"));
    assertThat(Json.text(tree)).isEqualTo(read);
  }
}
