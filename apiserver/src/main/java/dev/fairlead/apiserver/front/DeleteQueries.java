package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.codec.Json;
import dev.fairlead.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of DELETE. A body holds all of them; only without one they are read from the query
 * (upstream: {@code endpoints/handlers/delete.go}).
 */
final class DeleteQueries {
  private static final String UNSAFE = "ignoreStoreReadErrorWithClusterBreakingPotential";
  private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan", "nil");

  private DeleteQueries() {}

  /**
   * The options in the body, or in the query when {@code body} is null.
   *
   * @throws dev.fairlead.api.ApiException 422
   */
  static DeleteOptions read(HttpRequest request, @Nullable ObjectNode body) {
    return options(body == null ? query(request) : body);
  }

  private static ObjectNode query(HttpRequest request) {
    ObjectNode options = Json.object();
    if (!Queries.text(request, "gracePeriodSeconds").isEmpty()) {
      options.put("gracePeriodSeconds", Queries.number(request, "gracePeriodSeconds", 0));
    }
    for (String flag : List.of("orphanDependents", UNSAFE)) {
      if (request.query().containsKey(flag)) {
        options.put(flag, request.flag(flag));
      }
    }
    if (request.query().containsKey("propagationPolicy")) {
      options.put("propagationPolicy", Queries.text(request, "propagationPolicy"));
    }
    List<String> dryRun = request.query().getOrDefault("dryRun", List.of());
    if (!dryRun.isEmpty()) {
      ArrayNode values = options.putArray("dryRun");
      dryRun.forEach(values::add);
    }
    return options;
  }

  private static DeleteOptions options(ObjectNode options) {
    List<String> dryRun = new ArrayList<>();
    options.path("dryRun").forEach(value -> dryRun.add(value.asText()));
    check(options, dryRun);
    JsonNode grace = options.path("gracePeriodSeconds");
    return new DeleteOptions(
        grace.isNumber() ? Long.valueOf(grace.asLong()) : null,
        propagation(options),
        options.at("/preconditions/uid").asText(""),
        options.at("/preconditions/resourceVersion").asText(""),
        !dryRun.isEmpty());
  }

  private static void check(ObjectNode options, List<String> dryRun) {
    Options checks = new Options();
    JsonNode policy = options.path("propagationPolicy");
    boolean policyGiven = policy.isTextual();
    if (policyGiven && options.path("orphanDependents").isBoolean()) {
      checks.add(
          FieldError.invalid(
              "propagationPolicy",
              policy.asText(),
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    if (policyGiven && !POLICIES.subList(0, 3).contains(policy.asText())) {
      checks.add(FieldError.notSupported("propagationPolicy", policy.asText(), POLICIES));
    }
    checks.dryRun(dryRun);
    if (options.path(UNSAFE).asBoolean(false)) {
      checks.add(FieldError.forbidden(UNSAFE, "unsafe deletion is not supported by this server"));
    }
    checks.refuse("DeleteOptions");
  }

  private static DeleteOptions.@Nullable Propagation propagation(ObjectNode options) {
    JsonNode orphan = options.path("orphanDependents");
    if (orphan.isBoolean()) {
      return orphan.asBoolean()
          ? DeleteOptions.Propagation.ORPHAN
          : DeleteOptions.Propagation.BACKGROUND;
    }
    return switch (options.path("propagationPolicy").asText("")) {
      case "Orphan" -> DeleteOptions.Propagation.ORPHAN;
      case "Background" -> DeleteOptions.Propagation.BACKGROUND;
      case "Foreground" -> DeleteOptions.Propagation.FOREGROUND;
      default -> null;
    };
  }
}
