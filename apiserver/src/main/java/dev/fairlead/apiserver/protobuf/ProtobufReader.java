package dev.fairlead.apiserver.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application/vnd.kubernetes.protobuf}, which kubectl sends for what its own commands
 * make ({@code kubectl create deployment}). The schema knows each field's number.
 *
 * <p>Upstream's messages carry every field that is not a pointer in Go, set or not. So a field that
 * is zero counts as missing, as it does in JSON, unless it is one of {@link #POINTERS}.
 */
public final class ProtobufReader {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int DEPTH_MAX = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Fields whose zero means something else than their absence. */
  private static final Set<String> POINTERS =
      Set.of(
          "replicas",
          "terminationGracePeriodSeconds",
          "gracePeriodSeconds",
          "deletionGracePeriodSeconds",
          "revisionHistoryLimit",
          "progressDeadlineSeconds",
          "tolerationSeconds",
          "activeDeadlineSeconds",
          "runAsUser",
          "runAsGroup",
          "fsGroup",
          "runAsNonRoot",
          "privileged",
          "allowPrivilegeEscalation",
          "readOnlyRootFilesystem",
          "automountServiceAccountToken",
          "enableServiceLinks",
          "allocateLoadBalancerNodePorts",
          "shareProcessNamespace",
          "hostUsers",
          "setHostnameAsFQDN",
          "immutable",
          "optional",
          "controller",
          "blockOwnerDeletion",
          "orphanDependents",
          "ready",
          "serving",
          "terminating",
          "started",
          "priority",
          "defaultMode",
          "mode",
          "leaseTransitions",
          "leaseDurationSeconds");

  private final Schema schema;

  /** A reader for the types of one schema. */
  public ProtobufReader(Schema schema) {
    this.schema = schema;
  }

  /**
   * The object in an envelope of upstream's ({@code runtime.Unknown}).
   *
   * @param fallback the canonical name of the type when the envelope does not name one that the
   *     schema knows
   * @throws dev.fairlead.api.ApiException 400
   */
  public ObjectNode read(byte[] body, String fallback) {
    if (body.length < MAGIC.length
        || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw WireReader.malformed("provided data does not appear to be a protobuf message");
    }
    WireReader envelope = new WireReader(ByteBuffer.wrap(body, MAGIC.length, body.length - 4));
    ObjectNode head = Json.object();
    ByteBuffer raw = ByteBuffer.allocate(0);
    while (envelope.next()) {
      switch (envelope.number()) {
        case 1 -> typeMeta(new WireReader(envelope.content()), head);
        case 2 -> raw = envelope.content();
        default -> envelope.skip();
      }
    }
    TypeSchema type =
        schema
            .find(canonicalName(head))
            .or(() -> schema.find(fallback))
            .orElseThrow(() -> WireReader.malformed("the type is not known"));
    head.setAll(message(type, raw, 0));
    return head;
  }

  private static void typeMeta(WireReader reader, ObjectNode head) {
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> head.put("apiVersion", reader.text());
        case 2 -> head.put("kind", reader.text());
        default -> reader.skip();
      }
    }
  }

  private static String canonicalName(ObjectNode head) {
    String apiVersion = head.path("apiVersion").asText("");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "core" : apiVersion.substring(0, slash).split("\\.", 2)[0];
    return "io.k8s.api.%s.%s.%s"
        .formatted(group, apiVersion.substring(slash + 1), head.path("kind").asText(""));
  }

  private ObjectNode message(TypeSchema type, ByteBuffer bytes, int depth) {
    if (depth > DEPTH_MAX) {
      throw WireReader.malformed("nested too deeply");
    }
    ObjectNode node = Json.object();
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      boolean known = false;
      for (Field field : type.fields().values()) {
        if (!field.protobuf().isEmpty() && field.protobuf().getFirst() == reader.number()) {
          if (field.protobuf().size() == 1) {
            put(node, field, reader, depth);
          } else {
            embedded(node, type, reader.number(), reader.content(), depth);
          }
          known = true;
          break;
        }
      }
      if (!known) {
        reader.skip();
      }
    }
    return node;
  }

  /** Fields that JSON inlines from a message of their own, such as a probe's handler. */
  private void embedded(ObjectNode node, TypeSchema type, int outer, ByteBuffer bytes, int depth) {
    WireReader reader = new WireReader(bytes);
    while (reader.next()) {
      Field inner = null;
      for (Field field : type.fields().values()) {
        if (field.protobuf().size() == 2
            && field.protobuf().getFirst() == outer
            && field.protobuf().getLast() == reader.number()) {
          inner = field;
        }
      }
      if (inner == null) {
        reader.skip();
      } else {
        put(node, inner, reader, depth);
      }
    }
  }

  private void put(ObjectNode node, Field field, WireReader reader, int depth) {
    switch (field.type()) {
      case FieldType.Array(FieldType element) -> {
        JsonNode value = value(element, reader, depth);
        ArrayNode array = node.withArray(field.name());
        if (value != null) {
          array.add(value);
        }
      }
      case FieldType.Dictionary(FieldType valueType) ->
          entry(node.withObject("/" + pointer(field.name())), valueType, reader.content(), depth);
      default -> {
        JsonNode value = value(field.type(), reader, depth);
        if (value != null && (!isZero(value) || POINTERS.contains(field.name()))) {
          node.set(field.name(), value);
        }
      }
    }
  }

  private void entry(ObjectNode map, FieldType valueType, ByteBuffer bytes, int depth) {
    WireReader reader = new WireReader(bytes);
    String key = "";
    JsonNode value = null;
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> key = reader.text();
        case 2 -> value = value(valueType, reader, depth);
        default -> reader.skip();
      }
    }
    map.set(key, value == null ? NODES.textNode("") : value);
  }

  private @Nullable JsonNode value(FieldType type, WireReader reader, int depth) {
    return switch (type) {
      case FieldType.Reference(String name) ->
          message(schema.type(name), reader.content(), depth + 1);
      case FieldType.Scalar scalar -> scalar(scalar, reader);
      default -> throw WireReader.malformed("a list of lists is not known");
    };
  }

  private static @Nullable JsonNode scalar(FieldType.Scalar type, WireReader reader) {
    return switch (type) {
      case STRING -> NODES.textNode(reader.text());
      case INT32, INT64 -> NODES.numberNode(reader.value());
      case NUMBER -> NODES.numberNode(Double.longBitsToDouble(reader.value()));
      case BOOLEAN -> NODES.booleanNode(reader.value() != 0);
      case BYTES -> NODES.textNode(Base64.getEncoder().encodeToString(array(reader.content())));
      case DATE_TIME, MICRO_TIME -> time(new WireReader(reader.content()));
      case INT_OR_STRING -> intOrString(new WireReader(reader.content()));
      case QUANTITY -> first(new WireReader(reader.content()));
      case ANY -> raw(new WireReader(reader.content()));
    };
  }

  private static @Nullable JsonNode time(WireReader reader) {
    long seconds = 0;
    long nanos = 0;
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> seconds = reader.value();
        case 2 -> nanos = reader.value();
        default -> reader.skip();
      }
    }
    return seconds == 0 && nanos == 0
        ? null
        : NODES.textNode(Instant.ofEpochSecond(seconds, nanos).toString());
  }

  private static JsonNode intOrString(WireReader reader) {
    boolean isText = false;
    long number = 0;
    String text = "";
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> isText = reader.value() == 1;
        case 2 -> number = reader.value();
        case 3 -> text = reader.text();
        default -> reader.skip();
      }
    }
    return isText ? NODES.textNode(text) : NODES.numberNode(number);
  }

  private static JsonNode first(WireReader reader) {
    String text = "";
    while (reader.next()) {
      if (reader.number() == 1) {
        text = reader.text();
      } else {
        reader.skip();
      }
    }
    return NODES.textNode(text);
  }

  private static @Nullable JsonNode raw(WireReader reader) {
    JsonNode value = null;
    while (reader.next()) {
      if (reader.number() == 1 && reader.isBytes()) {
        byte[] json = array(reader.content());
        value = json.length == 0 ? null : Json.parse(json);
      } else {
        reader.skip();
      }
    }
    return value;
  }

  private static boolean isZero(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.asText().isEmpty();
      case NUMBER -> value.asDouble() == 0;
      case BOOLEAN -> !value.asBoolean();
      default -> false;
    };
  }

  private static String pointer(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return array;
  }
}
