package dev.fairlead.tests.fuzz;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.protobuf.Envelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Inputs that each decoder takes. */
final class Seeds {
  private static final String POD =
      """
      {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"x":"y"},
      "creationTimestamp":"2024-01-02T03:04:05Z","managedFields":[{"fieldsV1":{"f:a":{}}}]},
      "spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":80}],
      "resources":{"limits":{"cpu":"250m","memory":"1.5Gi"}},
      "livenessProbe":{"httpGet":{"port":"http"},"periodSeconds":5}}],
      "volumes":[{"name":"v","emptyDir":{}},{"name":"s","secret":{"secretName":"s"}}],
      "terminationGracePeriodSeconds":0}}\
      """;

  static final List<byte[]> JSON =
      List.of(text(POD), text("{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\ud83d\\ude00\"]}"));
  static final List<byte[]> YAML =
      List.of(
          text("apiVersion: v1\nkind: Pod\nmetadata: {name: &a x, labels: {b: *a}}\n"),
          text(
              "a: |\n  text\nb: !!str 1\nc: 0x1F\nd: ~\n<<: {e: [1, 2.5e3, yes]}\n? f\n: >-\n  g\n"));
  static final List<byte[]> PROTOBUF =
      List.of(
          Envelope.of("v1", "Pod", Document.of(Json.parse(text(POD))).protobuf()).bytes(),
          Document.of(Json.parse(text(POD))).protobuf());
  static final List<byte[]> JSON_PATCH =
      List.of(
          text(
              """
              [{"op":"add","path":"/metadata/labels/a~1b","value":"c"},{"op":"test","path":"/kind","value":"Pod"},
              {"op":"copy","from":"/spec/containers/0","path":"/spec/containers/-"},
              {"op":"move","from":"/spec/volumes/1","path":"/spec/volumes/0"},
              {"op":"replace","path":"/spec/terminationGracePeriodSeconds","value":1e3},
              {"op":"remove","path":"/spec/containers/-1"}]\
              """));
  static final List<byte[]> MERGE_PATCH =
      List.of(
          text("{\"metadata\":{\"labels\":{\"x\":null,\"z\":\"1\"}},\"spec\":{\"volumes\":[]}}"));
  static final List<byte[]> STRATEGIC_MERGE_PATCH =
      List.of(
          text(
              """
              {"spec":{"containers":[{"name":"c","image":"j"},{"name":"d","$patch":"delete"}],
              "$setElementOrder/containers":[{"name":"c"}],"volumes":[{"$patch":"replace"},{"name":"v",
              "$retainKeys":["name","emptyDir"],"emptyDir":{}}]},"metadata":{"$deleteFromPrimitiveList/finalizers":["f"]}}\
              """));
  static final List<byte[]> APPLY_PATCH =
      List.of(
          text(
              """
              {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"x":"z"},"finalizers":["k.io/f"]},
              "spec":{"containers":[{"name":"c","image":"j","ports":[{"containerPort":80,"protocol":"TCP"}]},
              {"name":"d","env":[{"name":"E","value":"1"}]}],"tolerations":[{"operator":"Exists"}],
              "volumes":[{"name":"v","emptyDir":null}]}}\
              """),
          text("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {nodeSelector: {a: b}}\n"));
  static final List<byte[]> FIELDS_V1 =
      List.of(
          text(
              """
              {"f:metadata":{"f:labels":{".":{},"f:x":{}},"f:finalizers":{"v:\\"k.io/f\\"":{}}},
              "f:spec":{"f:containers":{"k:{\\"name\\":\\"c\\"}":{".":{},"f:ports":{
              "k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":{}},"f:args":{"i:0":{}}}}}}\
              """));
  static final List<byte[]> LABEL_SELECTOR =
      List.of(text("a=b,c!=d,e in (f,g),!h,i notin (j),k.io/l==m,n"));
  static final List<byte[]> FIELD_SELECTOR =
      List.of(text("metadata.name=a,spec.nodeName!=b,status.phase==\\,\\=\\\\"));
  static final List<byte[]> QUANTITY =
      List.of(text("1.5Gi"), text("-250m"), text("12e3"), text("0.000000001"), text("9E"));
  static final List<byte[]> SPDY = List.of(spdy());
  static final List<byte[]> WEBSOCKET = List.of(webSocket());

  private Seeds() {}

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A ping, a stream with no headers that unpack, data for it, and a farewell. */
  private static byte[] spdy() {
    return ByteBuffer.allocate(12 + 18 + 12 + 16)
        .putInt(0x80030006)
        .putInt(4)
        .putInt(1)
        .putInt(0x80030001)
        .putInt(10)
        .putInt(1)
        .putInt(0)
        .putShort((short) 0)
        .putInt(1)
        .putInt(4)
        .putInt(0x61626364)
        .putInt(0x80030007)
        .putInt(8)
        .putInt(1)
        .putInt(0)
        .array();
  }

  /** A message on a channel in two parts, a ping between them, and a farewell; all masked by 0. */
  private static byte[] webSocket() {
    byte[] first = {0x02, (byte) 0x82, 0, 0, 0, 0, 0, 'a'};
    byte[] ping = {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'p'};
    byte[] second = {(byte) 0x80, (byte) 0x81, 0, 0, 0, 0, 'b'};
    byte[] close = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8};
    byte[] all = Arrays.copyOf(first, first.length + ping.length + second.length + close.length);
    int at = first.length;
    for (byte[] each : List.of(ping, second, close)) {
      System.arraycopy(each, 0, all, at, each.length);
      at += each.length;
    }
    return all;
  }
}
