package dev.fairlead.apiserver.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ResourceType;
import dev.fairlead.apiserver.discovery.SubresourceKind;
import dev.fairlead.apiserver.registry.Deleter;
import java.util.List;

/** The operations on one kind. Each method adds one to a path. */
final class Operations {
  private final Dialect dialect;
  private final ResourceType type;
  private final OperationId id;

  Operations(Dialect dialect, ResourceType type) {
    this.dialect = dialect;
    this.type = type;
    this.id = new OperationId(type);
  }

  void discovery(ObjectNode node) {
    ObjectNode operation = operation(node, "get", id.discovery(), "Which resources there are.");
    answer(operation, "200", TypeNames.RESOURCES, MediaTypes.OBJECTS);
    unauthorized(operation);
  }

  void list(ObjectNode node) {
    list(node, id.of("list", ""));
  }

  void listEverywhere(ObjectNode node) {
    list(node, id.everywhere());
  }

  private void list(ObjectNode node, String name) {
    ObjectNode operation =
        operation(node, "get", name, "List or watch objects of kind " + type.kind() + ".");
    action(operation, "list", "");
    answer(operation, "200", TypeNames.listOf(type), MediaTypes.LISTS);
    unauthorized(operation);
  }

  void read(ObjectNode node, String subresource) {
    ObjectNode operation =
        operation(node, "get", id.of("get", subresource), "Read " + what(subresource) + ".");
    action(operation, "get", subresource);
    answer(operation, "200", TypeNames.of(type, subresource), MediaTypes.OBJECTS);
    unauthorized(operation);
  }

  void log(ObjectNode node) {
    ObjectNode operation =
        operation(node, "get", id.of("get", "log"), "Read what a container has printed.");
    action(operation, "get", "log");
    Parameters.ofConnection("log").forEach(each -> dialect.parameter(operation, each));
    answer(operation, "200", Dialect.TEXT, MediaTypes.LOGS);
    unauthorized(operation);
  }

  /**
   * Something that takes an object.
   *
   * @param action {@code post}, {@code put} or one of a patch; also the method
   */
  void write(ObjectNode node, String action, String subresource) {
    String name = id.of(action, subresource);
    ObjectNode operation =
        operation(node, action, name, word(action) + " " + what(subresource) + ".");
    action(operation, action, subresource);
    String object = TypeNames.of(type, subresource);
    boolean patch = action.equals("patch");
    dialect.body(
        operation,
        patch ? TypeNames.PATCH : object,
        true,
        patch ? MediaTypes.PATCHES : MediaTypes.ANY);
    for (String code : codes(action)) {
      answer(operation, code, object, MediaTypes.OBJECTS);
    }
    unauthorized(operation);
  }

  /**
   * Deletes one or many.
   *
   * @param action {@code delete} or {@code deletecollection}
   */
  void delete(ObjectNode node, String action) {
    boolean one = action.equals("delete");
    ObjectNode operation =
        operation(
            node,
            "delete",
            id.of(action, ""),
            one ? "Delete " + what("") + "." : "Delete objects of kind " + type.kind() + ".");
    action(operation, action, "");
    dialect.body(operation, TypeNames.DELETE_OPTIONS, false, MediaTypes.ANY);
    String answer = one && Deleter.answersWhole(type) ? TypeNames.of(type, "") : TypeNames.STATUS;
    codes(action).forEach(code -> answer(operation, code, answer, MediaTypes.OBJECTS));
    unauthorized(operation);
  }

  /**
   * Connects to what stands behind a subresource.
   *
   * @param verb of authorization, for example {@code create}
   * @param suffix of the operation's name
   */
  void connect(ObjectNode node, String verb, String subresource, String suffix) {
    String method = method(verb);
    ObjectNode operation =
        operation(
            node,
            method,
            id.connect(method, subresource) + suffix,
            "Connect to the " + subresource + " of a " + type.kind() + ".");
    action(operation, "connect", subresource);
    Parameters.ofConnection(subresource).stream()
        .filter(each -> suffix.isEmpty() || !each.name().equals("path"))
        .forEach(each -> dialect.parameter(operation, each));
    answer(operation, "200", Dialect.TEXT, MediaTypes.ANY);
    unauthorized(operation);
  }

  private ObjectNode operation(ObjectNode node, String method, String name, String description) {
    ObjectNode operation = node.putObject(method);
    operation.put("description", description).put("operationId", name);
    operation.putArray("tags").add(OperationId.tag(type));
    return operation;
  }

  private void action(ObjectNode operation, String action, String subresource) {
    operation.put("x-kubernetes-action", action);
    SubresourceKind kind = SubresourceKind.of(type, subresource);
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", kind.group())
        .put("kind", kind.kind())
        .put("version", kind.version());
    Parameters.ofAction(action).forEach(each -> dialect.parameter(operation, each));
  }

  private void answer(ObjectNode operation, String code, String answer, List<String> mediaTypes) {
    String text =
        switch (code) {
          case "201" -> "Created";
          case "202" -> "Accepted";
          default -> "OK";
        };
    dialect.response(operation, code, text, answer, mediaTypes);
  }

  private void unauthorized(ObjectNode operation) {
    dialect.response(operation, "401", "Unauthorized", null, List.of());
  }

  private String what(String subresource) {
    return subresource.isEmpty()
        ? "a " + type.kind()
        : "the " + subresource + " of a " + type.kind();
  }

  private static List<String> codes(String action) {
    return switch (action) {
      case "post" -> List.of("200", "201", "202");
      case "put", "patch" -> List.of("200", "201");
      case "delete" -> List.of("200", "202");
      default -> List.of("200");
    };
  }

  private static String word(String action) {
    return switch (action) {
      case "post" -> "Create";
      case "put" -> "Replace";
      default -> "Change parts of";
    };
  }

  private static String method(String verb) {
    return switch (verb) {
      case "create" -> "post";
      case "update" -> "put";
      default -> verb;
    };
  }
}
