package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.codec.KeyOrder;
import dev.fairlead.api.codec.Parsed;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.api.schema.FieldValidation;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.apiserver.registry.NamedBody;
import dev.fairlead.http.BodyException;
import dev.fairlead.http.BodyTooLargeException;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes request bodies and checks that they fit the path, with upstream's words when not. */
final class Bodies {
  private static final String MEDIA_TYPES =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";
  private static final String PATCH_TYPES =
      "application/json-patch+json, application/merge-patch+json, "
          + "application/strategic-merge-patch+json, application/apply-patch+yaml";

  private static final int NULL_BYTES_MAX = 64;
  private static final String DELETE_OPTIONS = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";

  private final Schema schema;

  Bodies(Schema schema) {
    this.schema = schema;
  }

  /** The object in the body of a create or update. Its sender is warned of what it leaves out. */
  Document object(HttpRequest request, Target target) throws IOException {
    ExpectedKind expected = ExpectedKind.of(target);
    byte[] bytes = bytes(request);
    Parsed<ObjectNode> parsed = parse(request, bytes, expected);
    ObjectNode tree = parsed.tree();
    expected.check(tree);
    TypeSchema type = schema.find(expected.canonicalName()).orElse(null);
    List<String> unknown = type == null ? List.of() : FieldValidation.check(type, tree);
    report(request, expected, problems(request, bytes, parsed.duplicates(), unknown));
    Document object =
        Document.of(type == null || unknown.isEmpty() ? tree : FieldValidation.prune(type, tree));
    if (request.method().equals("PUT")) {
      NamedBody.check(target, object);
    } else {
      NamedBody.checkNamespace(target, object);
    }
    return object;
  }

  /** In the order in which upstream's decoder finds them; of YAML it finds duplicates first. */
  private static List<String> problems(
      HttpRequest request, byte[] bytes, List<String> duplicates, List<String> unknown) {
    List<String> problems = new ArrayList<>(duplicates(request, duplicates));
    problems.addAll(unknown);
    boolean mixed = !duplicates.isEmpty() && !unknown.isEmpty();
    return mixed && !isYaml(request) ? KeyOrder.sort(bytes, problems) : problems;
  }

  /** The patch in the body. */
  static Patch patch(HttpRequest request) throws IOException {
    String type = MediaType.parse(header(request, "")).name();
    byte[] bytes = bytes(request);
    for (Patch.Type each : Patch.Type.values()) {
      if (each.mediaType().equals(type)) {
        return PatchBodies.read(each, bytes, Queries.validation(request));
      }
    }
    throw unsupported(PATCH_TYPES);
  }

  /** The DeleteOptions in the body; null when there is none. */
  @Nullable ObjectNode deleteOptions(HttpRequest request) throws IOException {
    byte[] bytes = bytes(request);
    if (bytes.length == 0) {
      return null;
    }
    ObjectNode options = decode(request, bytes, DELETE_OPTIONS).tree();
    String kind = options.path("kind").asText("DeleteOptions");
    if (!kind.equals("DeleteOptions")) {
      throw ApiException.badRequest("decoded object cannot be converted to DeleteOptions");
    }
    List<String> _ = FieldValidation.check(schema.type(DELETE_OPTIONS), options);
    return options;
  }

  private static Parsed<ObjectNode> parse(
      HttpRequest request, byte[] bytes, ExpectedKind expected) {
    try {
      return decode(request, bytes, expected.canonicalName());
    } catch (ApiException e) {
      throw e.code() == 400 ? Json.unrecognized(expected.kind(), bytes, e) : e;
    }
  }

  private static Parsed<ObjectNode> decode(HttpRequest request, byte[] bytes, String fallback) {
    return switch (MediaType.parse(header(request, "application/json")).name()) {
      case "application/json", "*/*" ->
          isNull(bytes) ? new Parsed<>(Json.object(), List.of()) : Json.read(bytes);
      case "application/yaml" -> Yaml.read(bytes);
      case Protobuf.MEDIA_TYPE -> new Parsed<>(Protobuf.read(bytes, fallback), List.of());
      default -> throw unsupported(MEDIA_TYPES);
    };
  }

  /** Go's decoder takes null for an object without fields, and generated clients send it. */
  private static boolean isNull(byte[] bytes) {
    return bytes.length < NULL_BYTES_MAX
        && new String(bytes, StandardCharsets.UTF_8).strip().equals("null");
  }

  private static byte[] bytes(HttpRequest request) throws IOException {
    requirePlain(request);
    try {
      return request.body().readAllBytes();
    } catch (BodyTooLargeException e) {
      throw new ApiException(
          413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728", null);
    } catch (BodyException e) {
      String reason = e.status() == 408 ? "Timeout" : "BadRequest";
      throw new ApiException(e.status(), reason, String.valueOf(e.getMessage()), null);
    }
  }

  /** A compressed body could unpack to anything, so none is taken. */
  private static void requirePlain(HttpRequest request) {
    String encoding = request.header("content-encoding");
    if (encoding != null && !encoding.isBlank() && !encoding.strip().equals("identity")) {
      throw new ApiException(
          415,
          "UnsupportedMediaType",
          "the body of the request has the content encoding \"%s\"; none is accepted"
              .formatted(encoding),
          null);
    }
  }

  private static void report(HttpRequest request, ExpectedKind expected, List<String> problems) {
    switch (Queries.validation(request)) {
      case IGNORE -> {}
      case WARN -> problems.forEach(Warnings::add);
      case STRICT -> {
        if (!problems.isEmpty()) {
          throw expected.cannotBe("strict decoding error: " + String.join(", ", problems));
        }
      }
    }
  }

  /** What the YAML decoder finds is one error, and a warning each. */
  private static List<String> duplicates(HttpRequest request, List<String> found) {
    boolean strict = Queries.validation(request) == WriteOptions.Validation.STRICT;
    return isYaml(request) && strict && !found.isEmpty()
        ? List.of("yaml: unmarshal errors:\n  " + String.join("\n  ", found))
        : found;
  }

  private static boolean isYaml(HttpRequest request) {
    return MediaType.parse(header(request, "application/json")).name().equals("application/yaml");
  }

  private static String header(HttpRequest request, String otherwise) {
    String type = request.header("content-type");
    return type == null || type.isBlank() ? otherwise : type;
  }

  private static ApiException unsupported(String accepted) {
    return new ApiException(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted,
        null);
  }
}
