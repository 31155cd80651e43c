package dev.fairlead.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request that the API refused, as the {@code Status} it answers (API: {@code meta/v1 Status}).
 * The factories below give upstream's codes, reasons and wording.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient @Nullable ObjectNode details;
  private final String continueToken;

  /**
   * An exception for one {@code Status}.
   *
   * @param code HTTP status code
   * @param reason for example {@code NotFound}; may be empty
   * @param details {@code Status.details}; null for none
   */
  public ApiException(int code, String reason, String message, @Nullable ObjectNode details) {
    this(code, reason, message, details, "");
  }

  private ApiException(
      int code, String reason, String message, @Nullable ObjectNode details, String continueToken) {
    super(message, null, false, false);
    this.continueToken = continueToken;
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** Reads a {@code Status} object back, as a client receives it. */
  public static ApiException ofStatus(Document status) {
    ObjectNode tree = status.tree();
    ObjectNode details = tree.path("details") instanceof ObjectNode object ? object : null;
    return new ApiException(
        tree.path("code").asInt(500),
        tree.path("reason").asText(""),
        tree.path("message").asText("unknown error"),
        details,
        tree.at("/metadata/continue").asText(""));
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public String message() {
    return String.valueOf(getMessage());
  }

  /** Where an inconsistent list may go on after {@link #isExpired}; empty for nowhere. */
  public String continueToken() {
    return continueToken;
  }

  /** This refusal as a {@code v1 Status} object. */
  public Document status() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1");
    ObjectNode metadata = status.putObject("metadata");
    if (!continueToken.isEmpty()) {
      metadata.put("continue", continueToken);
    }
    status.put("status", "Failure").put("message", message());
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    return Document.of(status.put("code", code));
  }

  public boolean isNotFound() {
    return code == 404;
  }

  public boolean isConflict() {
    return reason.equals("Conflict");
  }

  public boolean isAlreadyExists() {
    return reason.equals("AlreadyExists");
  }

  /** Whether a watch or a continue token is older than what is kept: list again. */
  public boolean isExpired() {
    return code == 410;
  }

  /** 404 of one object. */
  public static ApiException notFound(ResourceType type, String name) {
    return new ApiException(
        404, "NotFound", "%s \"%s\" not found".formatted(type, name), details(type, name));
  }

  /** 404 of a path that nothing serves. */
  public static ApiException noSuchPath() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", null);
  }

  /** 409 on create. */
  public static ApiException alreadyExists(ResourceType type, String name) {
    return new ApiException(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(type, name),
        details(type, name));
  }

  /** 409 on update or delete. */
  public static ApiException conflict(ResourceType type, String name, String why) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type, name, why),
        details(type, name));
  }

  /** 422 with one cause per field. */
  public static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
    return invalid(type.group(), type.kind(), name, errors);
  }

  /** 422 of something that is no stored object, for example of options; strings may be empty. */
  public static ApiException invalid(
      String group, String kind, String name, List<FieldError> errors) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    putUnlessEmpty(details, "name", name);
    putUnlessEmpty(details, "group", group);
    putUnlessEmpty(details, "kind", kind);
    errors.forEach(error -> details.withArray("causes").add(error.toCause()));
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    String list = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
    String summary = errors.size() == 1 ? list : "[" + list + "]";
    return new ApiException(
        422, "Invalid", "%s \"%s\" is invalid: %s".formatted(qualified, name, summary), details);
  }

  /** 400. */
  public static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, null);
  }

  /** 401. */
  public static ApiException unauthorized() {
    return new ApiException(401, "Unauthorized", "Unauthorized", null);
  }

  /** 403; {@code message} is the whole text. */
  public static ApiException forbidden(String message) {
    return new ApiException(403, "Forbidden", message, null);
  }

  /** 405. */
  public static ApiException methodNotAllowed() {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        JsonNodeFactory.instance.objectNode());
  }

  /** 410: the revision asked for is older than what is kept. */
  public static ApiException expired(String message) {
    return expired(message, "");
  }

  /**
   * 410 of a further page of a list.
   *
   * @param continueToken goes on with the list as it is now
   */
  public static ApiException expired(String message, String continueToken) {
    return new ApiException(410, "Expired", message, null, continueToken);
  }

  /** 500. */
  public static ApiException internal(String message) {
    return new ApiException(500, "InternalError", "Internal error occurred: " + message, null);
  }

  /** 503: no API server could be reached, or it is not ready. */
  public static ApiException unavailable(String message) {
    return new ApiException(503, "ServiceUnavailable", message, null);
  }

  private static void putUnlessEmpty(ObjectNode details, String field, String value) {
    if (!value.isEmpty()) {
      details.put(field, value);
    }
  }

  private static ObjectNode details(ResourceType type, String name) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("name", name);
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    return details.put("kind", type.plural());
  }
}
