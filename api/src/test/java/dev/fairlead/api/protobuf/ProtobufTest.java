package dev.fairlead.api.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufTest {
  private static final String FALLBACK = "io.k8s.api.core.v1.ConfigMap";

  @Test
  void readsAConfigMapWithItsMaps() {
    byte[] metadata = join(text(1, "m"), text(3, "default"), bytes(11, entry("a", "b")));
    byte[] map =
        join(
            bytes(1, metadata), bytes(2, entry("x", "y")), bytes(2, entry("z", "")), text(99, "?"));
    assertThat(read("v1", "ConfigMap", map))
        .isEqualTo(
            json(
                """
                {"apiVersion":"v1","kind":"ConfigMap",
                 "metadata":{"name":"m","namespace":"default","labels":{"a":"b"}},
                 "data":{"x":"y","z":""}}
                """));
  }

  @Test
  void readsPortsThatAreNumbersOrNames() {
    byte[] named = bytes(4, join(number(1, 1), number(2, 0), text(3, "http")));
    byte[] numbered = bytes(4, join(number(1, 0), number(2, 8080), text(3, "")));
    byte[] spec =
        join(
            bytes(1, join(text(1, "a"), text(2, "TCP"), number(3, 80), named, number(5, 0))),
            bytes(1, join(text(2, "UDP"), number(3, 53), numbered)));
    assertThat(read("v1", "Service", bytes(2, spec)).path("spec").path("ports"))
        .isEqualTo(
            json("""
            {"ports":[{"name":"a","protocol":"TCP","port":80,"targetPort":"http"},
                      {"protocol":"UDP","port":53,"targetPort":8080}]}
            """)
                .path("ports"));
  }

  @Test
  void zeroReplicasAreNotMissingReplicas() {
    assertThat(read("apps/v1", "Deployment", bytes(2, number(1, 0))).at("/spec/replicas").asInt(-1))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k8s", "{}", "k8s\0\u0012\u0005a", "k8s\0\u0012"})
  void brokenBytesAreABadRequest(String body) {
    assertThatThrownBy(() -> Protobuf.read(body.getBytes(StandardCharsets.UTF_8), FALLBACK))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400));
  }

  @Test
  void everyTruncationIsABadRequestOrAnObject() {
    byte[] body = envelope("v1", "ConfigMap", bytes(2, entry("x", "y")));
    for (int length = 0; length < body.length; length++) {
      byte[] part = Arrays.copyOf(body, length);
      try {
        assertThat(Protobuf.read(part, FALLBACK).isObject()).isTrue();
      } catch (ApiException e) {
        assertThat(e.code()).isEqualTo(400);
      }
    }
  }

  private ObjectNode read(String apiVersion, String kind, byte[] object) {
    return Json.parse(Json.bytes(Protobuf.read(envelope(apiVersion, kind, object), FALLBACK)));
  }

  private static byte[] envelope(String apiVersion, String kind, byte[] object) {
    byte[] magic = {'k', '8', 's', 0};
    return join(magic, bytes(1, join(text(1, apiVersion), text(2, kind))), bytes(2, object));
  }

  private static byte[] entry(String key, String value) {
    return join(text(1, key), text(2, value));
  }

  private static byte[] text(int number, String value) {
    return bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int number, byte[] content) {
    return join(varint(number << 3 | 2), varint(content.length), content);
  }

  private static byte[] number(int number, int value) {
    return join(varint(number << 3), varint(value));
  }

  private static byte[] varint(int value) {
    return value < 0x80
        ? new byte[] {(byte) value}
        : join(new byte[] {(byte) (value | 0x80)}, varint(value >>> 7));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
