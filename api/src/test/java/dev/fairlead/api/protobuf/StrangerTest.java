package dev.fairlead.api.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.schema.FieldType;
import dev.fairlead.api.schema.Schema;
import dev.fairlead.api.schema.TypeSchema;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The official Java client reads what we write, and we read what it writes. */
class StrangerTest {
  private static final int TREES = 40;

  /** Every kind, its list, and the types around them: canonical name, apiVersion, kind. */
  static Stream<Arguments> types() {
    Stream<Arguments> kinds =
        Kinds.ALL.stream()
            .flatMap(type ->
                Stream.of(
                    Arguments.of(Schema.load().of(type).name(), type.apiVersion(), type.kind()),
                    Arguments.of(
                        Schema.load().listOf(type).name(),
                        type.apiVersion(),
                        type.kind() + "List")));
    String meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    return Stream.concat(
        kinds,
        Stream.of(
            Arguments.of("io.k8s.api.core.v1.Binding", "v1", "Binding"),
            Arguments.of("io.k8s.api.autoscaling.v1.Scale", "autoscaling/v1", "Scale"),
            Arguments.of(meta + "Status", "v1", "Status"),
            Arguments.of(meta + "DeleteOptions", "v1", "DeleteOptions"),
            Arguments.of(meta + "APIResourceList", "v1", "APIResourceList"),
            Arguments.of(meta + "APIGroupList", "v1", "APIGroupList"),
            Arguments.of(meta + "PartialObjectMetadata", "meta.k8s.io/v1", "PartialObjectMetadata"),
            Arguments.of(
                meta + "PartialObjectMetadataList",
                "meta.k8s.io/v1",
                "PartialObjectMetadataList")));
  }

  @ParameterizedTest
  @MethodSource("types")
  void theOfficialClientAgreesAboutEveryField(String name, String apiVersion, String kind)
      throws Exception {
    TypeSchema type = Schema.load().type(name);
    for (int seed = 0; seed < TREES; seed++) {
      ObjectNode tree = new RandomTrees(seed).object(type, apiVersion, kind);
      byte[] envelope = Envelope.of(apiVersion, kind, Document.of(tree).protobuf()).bytes();
      Runtime.Unknown unknown =
          Runtime.Unknown.parseFrom(Arrays.copyOfRange(envelope, 4, envelope.length));
      assertThat(unknown.getTypeMeta().getApiVersion()).isEqualTo(apiVersion);
      assertThat(unknown.getTypeMeta().getKind()).isEqualTo(kind);
      Message message = DynamicMessage.parseFrom(OfficialMessages.of(name), unknown.getRaw());
      requireSame(type, tree, message, name + " of seed " + seed);

      byte[] answer = enveloped(unknown.toBuilder().setRaw(message.toByteString()).build());
      assertThat(Json.parse(Json.bytes(Protobuf.read(answer, ""))))
          .describedAs("seed %d", seed)
          .isEqualTo(tree);
    }
  }

  /** Also what only stands inside others, and the bodies of subresources. */
  @Test
  void everyTypeOfTheSchemaIsTheOfficialClients() throws Exception {
    for (TypeSchema type : Schema.load().types()) {
      Descriptor official = OfficialMessages.find(type.name()).orElse(null);
      if (official != null) {
        for (int seed = 0; seed < 10; seed++) {
          ObjectNode tree = new RandomTrees(seed).object(type);
          Message message = DynamicMessage.parseFrom(official, Protobuf.message(type, tree));
          requireSame(type, tree, message, type.name() + " of seed " + seed);
        }
      }
    }
  }

  @Test
  void listsAndWatchEventsShareTheMessagesOfTheirItems() throws Exception {
    ResourceType pods = Kinds.POD;
    TypeSchema type = Schema.load().of(pods);
    List<ObjectNode> trees =
        Stream.of(1, 2, 3).map(seed -> new RandomTrees(seed).object(type, "v1", "Pod")).toList();
    List<byte[]> items = trees.stream().map(tree -> Document.of(tree).protobuf()).toList();
    ListMessage list =
        Protobuf.list(Schema.load().listOf(pods), Json.object().put("resourceVersion", "7"), items);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    list.writeTo(message);
    assertThat(message.size()).isEqualTo(list.length());
    V1.PodList parsed = V1.PodList.parseFrom(message.toByteArray());
    assertThat(parsed.getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(parsed.getItemsList()).hasSize(3);
    assertThat(parsed.getItems(2)).isEqualTo(V1.Pod.parseFrom(items.get(2)));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    list.writeEnvelope(whole, "v1", "PodList");
    assertThat(whole.toByteArray())
        .isEqualTo(Envelope.of("v1", "PodList", message.toByteArray()).bytes());

    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Envelope.of("v1", "Pod", items.getFirst()).writeEvent(stream, "ADDED");
    Envelope.of("v1", "Pod", items.getLast()).writeEvent(stream, "DELETED");
    ByteBuffer frames = ByteBuffer.wrap(stream.toByteArray());
    assertThat(event(frames).getType()).isEqualTo("ADDED");
    Meta.WatchEvent last = event(frames);
    assertThat(last.getType()).isEqualTo("DELETED");
    assertThat(Protobuf.read(last.getObject().getRaw().toByteArray(), ""))
        .isEqualTo(Protobuf.read(Envelope.of("v1", "Pod", items.getLast()).bytes(), ""));
    assertThat(frames.hasRemaining()).isFalse();
  }

  private static Meta.WatchEvent event(ByteBuffer frames) throws Exception {
    byte[] frame = new byte[frames.getInt()];
    frames.get(frame);
    return Meta.WatchEvent.parseFrom(frame);
  }

  private static byte[] enveloped(Runtime.Unknown unknown) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {'k', '8', 's', 0});
    all.writeBytes(unknown.toByteArray());
    return all.toByteArray();
  }

  /** Compares by name, which is what the numbers stand for. */
  private static void requireSame(TypeSchema type, JsonNode tree, Message message, String where) {
    assertThat(message.getUnknownFields().asMap()).describedAs(where).isEmpty();
    type.fields().values().stream()
        .filter(field -> tree.has(field.name()) && !field.protobuf().isEmpty())
        .forEach(field -> {
          Message holder = message;
          for (int number : field.protobuf().subList(0, field.protobuf().size() - 1)) {
            holder =
                (Message) holder.getField(holder.getDescriptorForType().findFieldByNumber(number));
          }
          FieldDescriptor descriptor = named(holder, field.name());
          assertThat(descriptor).describedAs(where + "." + field.name()).isNotNull();
          requireSame(
              field.type(),
              tree.get(field.name()),
              holder.getField(descriptor),
              where + "." + field.name());
        });
  }

  /** Go's initials spell a few names differently; a list that is a message has one field. */
  private static FieldDescriptor named(Message message, String name) {
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    return fields.stream()
        .filter(each -> each.getName().equalsIgnoreCase(name))
        .findFirst()
        .orElse(fields.size() == 1 ? fields.getFirst() : null);
  }

  private static void requireSame(FieldType type, JsonNode value, Object found, String where) {
    switch (type) {
      case FieldType.Array(FieldType element) -> {
        List<?> list = found instanceof List<?> own ? own : (List<?>) only((Message) found);
        assertThat(list).describedAs(where).hasSize(value.size());
        for (int i = 0; i < value.size(); i++) {
          requireSame(element, value.get(i), list.get(i), where + "[" + i + "]");
        }
      }
      case FieldType.Dictionary(FieldType element) -> {
        assertThat((List<?>) found).describedAs(where).hasSize(value.size());
        for (Object entry : (List<?>) found) {
          Message pair = (Message) entry;
          Object key = pair.getField(pair.getDescriptorForType().findFieldByName("key"));
          Object of = pair.getField(pair.getDescriptorForType().findFieldByName("value"));
          requireSame(element, value.get(key.toString()), of, where + "." + key);
        }
      }
      case FieldType.Reference(String name) ->
          requireSame(Schema.load().type(name), value, (Message) found, where);
      case FieldType.Scalar scalar ->
          assertThat(text(scalar, value)).describedAs(where).isEqualTo(text(found));
    }
  }

  /** The values of a message with one field. */
  private static Object only(Message message) {
    return message.getField(message.getDescriptorForType().getFields().getFirst());
  }

  private static String text(FieldType.Scalar type, JsonNode value) {
    return switch (type) {
      case BYTES -> HexFormat.of().formatHex(Base64.getDecoder().decode(value.textValue()));
      case DATE_TIME, MICRO_TIME -> {
        OffsetDateTime time = OffsetDateTime.parse(value.textValue());
        yield time.toEpochSecond() + "+" + time.getNano();
      }
      case INT_OR_STRING -> value.isTextual() ? "1:0:" + value.asText() : "0:" + value + ":";
      case ANY, FIELDS_V1 -> HexFormat.of().formatHex(Json.bytes(value));
      default -> value.asText();
    };
  }

  private static String text(Object found) {
    if (found instanceof ByteString bytes) {
      return HexFormat.of().formatHex(bytes.toByteArray());
    }
    if (!(found instanceof Message message)) {
      return found.toString();
    }
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    return switch (message.getDescriptorForType().getName()) {
      case "Time", "MicroTime" ->
          message.getField(fields.get(0)) + "+" + message.getField(fields.get(1));
      case "IntOrString" ->
          message.getField(fields.get(0))
              + ":"
              + message.getField(fields.get(1))
              + ":"
              + message.getField(fields.get(2));
      default -> text(message.getField(fields.getFirst()));
    };
  }
}
