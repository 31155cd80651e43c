package dev.fairlead.tests.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.protobuf.Envelope;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.api.schema.FieldValidation;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Objects in each encoding: what is taken can be written in every encoding and read back. */
final class ObjectFuzz {
  private static final TypeSchema POD = Schema.load().of(Kinds.POD);

  private ObjectFuzz() {}

  static void json(byte[] input) {
    ObjectNode tree = refusedAsNull(() -> Json.read(input).tree());
    if (tree != null) {
      written(tree);
    }
  }

  static void yaml(byte[] input) {
    ObjectNode tree = refusedAsNull(() -> Yaml.read(input).tree());
    if (tree != null) {
      written(tree);
    }
  }

  /** The input as an envelope, and as a pod's message in one. */
  static void protobuf(byte[] input) {
    ObjectNode envelope = refusedAsNull(() -> Protobuf.read(input, POD.name()));
    if (envelope != null) {
      Json.parse(Json.bytes(envelope));
    }
    byte[] pod = Envelope.of("v1", "Pod", input).bytes();
    ObjectNode tree = refusedAsNull(() -> Protobuf.read(pod, POD.name()));
    if (tree != null) {
      Findings.require(
          refusedAsNull(() -> Json.parse(Json.bytes(tree))) != null, "JSON of a message", tree);
      typed(tree);
    }
  }

  private static void written(ObjectNode tree) {
    Findings.require(Json.same(Json.parse(Json.bytes(tree)), tree), "JSON", tree);
    byte[] yaml = Yaml.text(tree).getBytes(StandardCharsets.UTF_8);
    Findings.require(Json.same(Yaml.parse(yaml), tree), "YAML", tree);
    typed(tree);
  }

  /** What passes for a pod has a binary form, which means the same. */
  private static void typed(ObjectNode tree) {
    Integer unknown = refusedAsNull(() -> FieldValidation.check(POD, tree).size());
    if (unknown == null) {
      return;
    }
    ObjectNode pod = FieldValidation.prune(POD, tree);
    byte[] first = Protobuf.message(POD, pod);
    ObjectNode read = Protobuf.read(Envelope.of("v1", "Pod", first).bytes(), POD.name());
    ObjectNode again =
        Protobuf.read(Envelope.of("v1", "Pod", Protobuf.message(POD, read)).bytes(), POD.name());
    Findings.require(again.equals(read), "protobuf", tree);
  }

  /** A value, or null when the input is refused as the client's fault. */
  static <T> @Nullable T refusedAsNull(java.util.function.Supplier<T> decode) {
    try {
      return decode.get();
    } catch (ApiException e) {
      Findings.require(e.code() >= 400 && e.code() < 500, "the code of the refusal", e);
      return null;
    }
  }
}
