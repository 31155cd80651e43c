package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Pods to bytes and back, in JSON and in protobuf. See {@code bench/encoding}. */
final class EncodingBench {
  private static final int PODS = 10_000;
  private static final int ROUNDS = 6;
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-5d4f8c7b9-%1$05d","namespace":"default",
      "uid":"0f0e0d0c-1111-2222-3333-%1$012d","resourceVersion":"%1$d","creationTimestamp":"2024-01-02T03:04:05Z",
      "labels":{"app":"web","pod-template-hash":"5d4f8c7b9"},"ownerReferences":[{"apiVersion":"apps/v1",
      "kind":"ReplicaSet","name":"web-5d4f8c7b9","uid":"0f0e","controller":true,"blockOwnerDeletion":true}]},
      "spec":{"containers":[{"name":"web","image":"kuard:1","ports":[{"containerPort":8080,"protocol":"TCP"}],
      "resources":{"limits":{"cpu":"250m"}},"readinessProbe":{"httpGet":{"path":"/ready","port":8080,
      "scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":2,"successThreshold":1,"failureThreshold":3},
      "terminationMessagePath":"/dev/termination-log","imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always",
      "terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","nodeName":"node-1"},
      "status":{"phase":"Running","podIP":"10.112.1.5","startTime":"2024-01-02T03:04:05Z",
      "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2024-01-02T03:04:07Z"}]}}\
      """;

  private EncodingBench() {}

  public static void main(String[] arguments) throws IOException {
    List<ObjectNode> pods =
        IntStream.range(0, PODS)
            .mapToObj(i -> Json.parse(POD.formatted(i).getBytes(StandardCharsets.UTF_8)))
            .toList();
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      List<byte[]> json = pods.stream().map(Json::bytes).toList();
      long jsonWritten = System.nanoTime();
      List<byte[]> messages = pods.stream().map(Protobuf::message).toList();
      long protobufWritten = System.nanoTime();
      json.forEach(Json::parse);
      long jsonRead = System.nanoTime();
      messages.forEach(each -> Protobuf.read(Envelope.of("v1", "Pod", each).bytes(), ""));
      long protobufRead = System.nanoTime();
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      Protobuf.list(
              Schema.load().listOf(Kinds.POD), Json.object().put("resourceVersion", "1"), messages)
          .writeTo(list);
      long listed = System.nanoTime();
      System.out.printf(
          "%d: JSON %,d bytes, written in %d ms, read in %d ms; protobuf %,d bytes, written in %d ms, read in %d ms;"
              + " a list of what is encoded already %d ms%n",
          round,
          json.stream().mapToInt(each -> each.length).sum(),
          millis(jsonWritten - start),
          millis(jsonRead - protobufWritten),
          list.size(),
          millis(protobufWritten - jsonWritten),
          millis(protobufRead - jsonRead),
          millis(listed - protobufRead));
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
