package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the options of each verb from the query, and those of DELETE also from the body. */
final class Queries {
  private Queries() {}

  static ListOptions list(HttpRequest request) {
    long limit = number(request, "limit", 0);
    return new ListOptions(
        text(request, "labelSelector"),
        text(request, "fieldSelector"),
        text(request, "resourceVersion"),
        text(request, "resourceVersionMatch"),
        (int) Math.clamp(limit, 0, Integer.MAX_VALUE),
        text(request, "continue"));
  }

  static WatchOptions watch(HttpRequest request, String fieldSelector, long timeoutSeconds) {
    return new WatchOptions(
        text(request, "labelSelector"),
        fieldSelector,
        text(request, "resourceVersion"),
        flag(request, "allowWatchBookmarks"),
        flag(request, "sendInitialEvents"),
        timeoutSeconds);
  }

  static WriteOptions write(HttpRequest request) {
    return new WriteOptions(dryRun(request), text(request, "fieldManager"), flag(request, "force"));
  }

  /** The options in {@code body} count where the query is silent. */
  static DeleteOptions delete(HttpRequest request, ObjectNode body) {
    JsonNode grace = body.path("gracePeriodSeconds");
    String inQuery = text(request, "gracePeriodSeconds");
    Long seconds =
        inQuery.isEmpty()
            ? (grace.isNumber() ? Long.valueOf(grace.asLong()) : null)
            : Long.valueOf(number(request, "gracePeriodSeconds", 0));
    String policy = text(request, "propagationPolicy");
    boolean orphan =
        flag(request, "orphanDependents") || body.path("orphanDependents").asBoolean(false);
    return new DeleteOptions(
        seconds,
        propagation(policy.isEmpty() ? body.path("propagationPolicy").asText("") : policy, orphan),
        body.at("/preconditions/uid").asText(""),
        body.at("/preconditions/resourceVersion").asText(""),
        dryRun(request) || dryRun(body.path("dryRun")));
  }

  static String text(HttpRequest request, String name) {
    String value = request.parameter(name);
    return value == null ? "" : value;
  }

  static boolean flag(HttpRequest request, String name) {
    return switch (text(request, name).toLowerCase(Locale.ROOT)) {
      case "", "false", "0" -> request.query().containsKey(name) && text(request, name).isEmpty();
      default -> true;
    };
  }

  static long number(HttpRequest request, String name, long otherwise) {
    String value = text(request, name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(
          "strconv.ParseInt: parsing \"%s\": invalid syntax (query parameter %s)"
              .formatted(value, name));
    }
  }

  private static boolean dryRun(HttpRequest request) {
    return dryRun(request.query().getOrDefault("dryRun", List.of()));
  }

  private static boolean dryRun(JsonNode values) {
    return dryRun(
        values.isArray() ? values.valueStream().map(JsonNode::asText).toList() : List.of());
  }

  private static boolean dryRun(List<String> values) {
    for (String value : values) {
      if (!value.equals("All")) {
        throw ApiException.badRequest(
            "dryRun: Unsupported value: \"%s\": supported values: \"All\"".formatted(value));
      }
    }
    return !values.isEmpty();
  }

  private static DeleteOptions.@Nullable Propagation propagation(String policy, boolean orphan) {
    return switch (policy) {
      case "" -> orphan ? DeleteOptions.Propagation.ORPHAN : null;
      case "Orphan" -> DeleteOptions.Propagation.ORPHAN;
      case "Background" -> DeleteOptions.Propagation.BACKGROUND;
      case "Foreground" -> DeleteOptions.Propagation.FOREGROUND;
      default ->
          throw ApiException.badRequest(
              "propagationPolicy: Unsupported value: \"%s\": supported values: \"Foreground\", \"Background\", \"Orphan\""
                  .formatted(policy));
    };
  }
}
