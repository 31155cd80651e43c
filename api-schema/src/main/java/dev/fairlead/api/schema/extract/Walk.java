package dev.fairlead.api.schema.extract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.swagger.annotations.ApiModel;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Walks model classes and protobuf messages side by side, from the roots down. The classes know
 * JSON (names, what is required), the messages know the canonical names, numbers and comments;
 * walking them together pairs the two without guessing a name.
 */
final class Walk {
  private static final Map<Type, String> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, "STRING"),
          Map.entry(Integer.class, "INT32"),
          Map.entry(Long.class, "INT64"),
          Map.entry(Double.class, "NUMBER"),
          Map.entry(Boolean.class, "BOOLEAN"),
          Map.entry(byte[].class, "BYTES"),
          Map.entry(OffsetDateTime.class, "DATE_TIME"),
          Map.entry(IntOrString.class, "INT_OR_STRING"),
          Map.entry(Quantity.class, "QUANTITY"));

  private static final int WRAPPED_LIST = 1;

  private final Map<String, ObjectNode> types = new TreeMap<>();
  private final Map<String, Class<?>> models = new HashMap<>();
  private final Deque<Roots> open = new ArrayDeque<>();
  private final Comments comments = new Comments();
  private final NamedScalars scalars = new NamedScalars();

  private Walk() {}

  /** Through everything the roots reach. */
  static Walk from(List<Roots> roots) {
    Walk walk = new Walk();
    roots.forEach(root -> walk.name(root.model(), root.message()));
    while (!walk.open.isEmpty()) {
      Roots next = walk.open.remove();
      walk.types.put(canonicalName(next.message()), walk.type(next));
    }
    return walk;
  }

  /** The types on the way, by canonical name. */
  Map<String, ObjectNode> types() {
    return types;
  }

  /** What upstream says of scalar types, by name. */
  Map<String, String> scalars() {
    return scalars.descriptions(comments);
  }

  private ObjectNode type(Roots pair) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ApiModel model = pair.model().getAnnotation(ApiModel.class);
    describe(node, model == null ? "" : model.description(), comments.of(pair.message()));
    ObjectNode fields = node.putObject("f");
    List<ModelField> all = ModelField.of(pair.model());
    List<String> names = all.stream().map(ModelField::name).toList();
    for (ModelField field : all) {
      fields.set(
          field.name(), field(field, MessageField.find(pair.message(), field.name(), names)));
    }
    return node;
  }

  private ObjectNode field(ModelField field, Optional<MessageField> message) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("t", typeName(field.type(), message.flatMap(MessageField::message), field));
    if (field.required()) {
      node.put("r", true);
    }
    message.ifPresent(found -> {
      found.path().forEach(number -> node.withArray("n").add(number));
      if (isWrapped(field.type(), found)) {
        node.withArray("n").add(WRAPPED_LIST);
      }
    });
    describe(
        node,
        scalars.ofField(field),
        message.map(found -> comments.of(found.descriptor())).orElse(""));
    return node;
  }

  private static void describe(ObjectNode node, String model, String comment) {
    String description = Descriptions.choose(model, comment);
    if (!description.isEmpty()) {
      node.put("d", description);
    }
  }

  /** A few lists are messages of one repeated field, such as {@code APIResource.verbs}. */
  private static boolean isWrapped(Type type, MessageField message) {
    return type instanceof ParameterizedType generic
        && generic.getRawType() == List.class
        && !message.descriptor().isRepeated();
  }

  private String typeName(Type type, Optional<Descriptor> message, ModelField field) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? "[]" + typeName(arguments[0], message, field)
          : "{}" + typeName(arguments[1], wrapped(arguments[1], message), field);
    }
    if (type == OffsetDateTime.class && message.isPresent()) {
      return message.get().getName().equals("MicroTime") ? "MICRO_TIME" : "DATE_TIME";
    }
    if (type == Object.class) {
      return message.map(Descriptor::getName).filter("FieldsV1"::equals).isPresent()
          ? "FIELDS_V1"
          : "ANY";
    }
    String scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    }
    return "@"
        + name(
            (Class<?>) type,
            message.orElseThrow(() -> new IllegalStateException("no message for " + field)));
  }

  /** A Go map of lists is a map of messages with one repeated field; none of ours holds types. */
  private static Optional<Descriptor> wrapped(Type value, Optional<Descriptor> message) {
    return value instanceof ParameterizedType ? Optional.empty() : message;
  }

  private String name(Class<?> model, Descriptor message) {
    String name = canonicalName(message);
    Class<?> known = models.putIfAbsent(name, model);
    if (known == null) {
      open.add(new Roots(model, message));
    } else if (known != model) {
      throw new IllegalStateException(
          "%s is both %s and %s".formatted(name, known.getName(), model.getName()));
    }
    return name;
  }

  /** {@code k8s.io.api.core.v1.Pod} in protobuf is {@code io.k8s.api.core.v1.Pod} in OpenAPI. */
  private static String canonicalName(Descriptor message) {
    String full = message.getFullName();
    if (!full.startsWith("k8s.io.")) {
      throw new IllegalStateException("not a Kubernetes message: " + full);
    }
    return "io.k8s." + full.substring("k8s.io.".length());
  }
}
