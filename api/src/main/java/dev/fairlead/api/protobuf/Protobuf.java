package dev.fairlead.api.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.api.schema.ZeroRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code application/vnd.kubernetes.protobuf}: trees to bytes and back, by the numbers in the
 * schema.
 *
 * <p>Two forms. A <em>message</em> is one object's fields. An <em>envelope</em> is what travels:
 * four bytes {@code k8s\0} and a {@code runtime.Unknown} with the object's apiVersion, kind and
 * message. An object inside another (an item of a list) is a message, one inside a watch event an
 * envelope.
 */
public final class Protobuf {
  /** The media type of an envelope. */
  public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  /** The media type of a watch: frames of a length (4 bytes, big-endian) and a WatchEvent each. */
  public static final String WATCH_MEDIA_TYPE = MEDIA_TYPE + ";stream=watch";

  static final byte[] MAGIC = {'k', '8', 's', 0};

  private static final Map<String, MessagePlan> PLANS = new ConcurrentHashMap<>();

  private Protobuf() {}

  /** Whether objects of this apiVersion and kind have a binary form. */
  public static boolean has(String apiVersion, String kind) {
    return Schema.load().find(apiVersion, kind).isPresent();
  }

  /**
   * The message of a tree.
   *
   * @param tree with its apiVersion and kind
   * @throws IllegalArgumentException when the schema has no such kind
   */
  public static byte[] message(ObjectNode tree) {
    String apiVersion = tree.path("apiVersion").asText();
    String kind = tree.path("kind").asText();
    TypeSchema type =
        Schema.load()
            .find(apiVersion, kind)
            .orElseThrow(
                () -> new IllegalArgumentException("no binary form of " + apiVersion + " " + kind));
    return message(type, tree);
  }

  /** The message of a tree of this type. */
  public static byte[] message(TypeSchema type, ObjectNode tree) {
    return new MessageWriter(Protobuf::plan).write(plan(type.name()), tree);
  }

  /**
   * The message of a list whose items are messages already.
   *
   * @param type of the list
   * @param metadata {@code ListMeta}
   */
  public static ListMessage list(TypeSchema type, ObjectNode metadata, List<byte[]> items) {
    ObjectNode head = Json.object();
    head.set("metadata", metadata);
    return new ListMessage(message(type, head), number(type, "items"), items);
  }

  /**
   * The object in an envelope from outside, with its apiVersion and kind as far as the envelope
   * names them.
   *
   * @param fallback the canonical name of the type when the envelope does not name one that the
   *     schema knows
   * @throws ApiException 400, worded as upstream's decoder
   */
  public static ObjectNode read(byte[] body, String fallback) {
    if (body.length < MAGIC.length
        || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw ApiException.badRequest(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    WireReader envelope = new WireReader(body, MAGIC.length, body.length);
    ObjectNode tree = Json.object();
    WireReader raw = new WireReader(body, 0, 0);
    while (envelope.next()) {
      switch (envelope.number()) {
        case 1 -> typeMeta(envelope.content(), tree);
        case 2 -> raw = envelope.content();
        default -> envelope.skip();
      }
    }
    Schema schema = Schema.load();
    TypeSchema type =
        schema
            .find(tree.path("apiVersion").asText(), tree.path("kind").asText())
            .or(() -> schema.find(fallback))
            .orElseThrow(() -> WireReader.malformed("the type is not known"));
    new MessageReader(Protobuf::plan).message(plan(type.name()), raw, tree, 0);
    return tree;
  }

  private static void typeMeta(WireReader reader, ObjectNode tree) {
    while (reader.next()) {
      switch (reader.number()) {
        case 1 -> tree.put("apiVersion", reader.text());
        case 2 -> tree.put("kind", reader.text());
        default -> reader.skip();
      }
    }
  }

  private static int number(TypeSchema type, String field) {
    Field known = type.field(field);
    if (known == null) {
      throw new IllegalArgumentException(type.name() + " is no list");
    }
    return known.protobuf().getFirst();
  }

  private static MessagePlan plan(String type) {
    MessagePlan known = PLANS.get(type);
    return known != null
        ? known
        : PLANS.computeIfAbsent(
            type, name -> MessagePlan.of(Schema.load().type(name), ZeroRules.load()));
  }
}
