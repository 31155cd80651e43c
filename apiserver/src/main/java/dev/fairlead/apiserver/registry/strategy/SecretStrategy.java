package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.registry.Trees;
import dev.fairlead.apiserver.registry.rules.Defaults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets. {@code stringData} is only ever written: it becomes data. */
final class SecretStrategy implements Strategy {
  private static final String ACCOUNT = "kubernetes.io/service-account.name";

  @Override
  public ResourceType type() {
    return Kinds.SECRET;
  }

  @Override
  public void defaults(ObjectNode secret) {
    Defaults.put(secret, "type", "Opaque");
    JsonNode plain = secret.remove("stringData");
    if (plain == null) {
      return;
    }
    ObjectNode data = Trees.child(secret, "data");
    for (Map.Entry<String, JsonNode> each : plain.properties()) {
      byte[] bytes = each.getValue().asText().getBytes(StandardCharsets.UTF_8);
      data.put(each.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
  }

  @Override
  public List<FieldError> validateCreate(Document secret) {
    List<FieldError> errors = new ArrayList<>();
    DataValidation.keys(secret, "data", errors);
    DataValidation.size(secret, List.of("data"), errors);
    JsonNode data = secret.tree().path("data");
    switch (secret.tree().path("type").asText()) {
      case "kubernetes.io/service-account-token" -> account(secret, errors);
      case "kubernetes.io/tls" -> {
        require(data, "tls.crt", errors);
        require(data, "tls.key", errors);
      }
      case "kubernetes.io/dockercfg" -> document(data, ".dockercfg", errors);
      case "kubernetes.io/dockerconfigjson" -> document(data, ".dockerconfigjson", errors);
      case "kubernetes.io/basic-auth" -> {
        if (!data.has("username") && !data.has("password")) {
          require(data, "username", errors);
          require(data, "password", errors);
        }
      }
      case "kubernetes.io/ssh-auth" -> require(data, "ssh-privatekey", errors);
      default -> {}
    }
    return errors;
  }

  @Override
  public List<FieldError> validateUpdate(Document secret, Document old) {
    List<FieldError> errors = new ArrayList<>();
    String type = secret.tree().path("type").asText();
    if (!type.equals(old.tree().path("type").asText())) {
      errors.add(FieldError.invalid("type", type, "field is immutable"));
    }
    DataValidation.immutable(secret, old, List.of("data"), errors);
    errors.addAll(validateCreate(secret));
    return errors;
  }

  @Override
  public List<String> warnings(Document secret, @Nullable Document old) {
    if (!secret.tree().path("type").asText().equals("kubernetes.io/tls")) {
      return List.of();
    }
    JsonNode data = secret.tree().path("data");
    return TlsPair.problem(bytes(data, "tls.crt"), bytes(data, "tls.key")).stream().toList();
  }

  private static byte[] bytes(JsonNode data, String key) {
    return Base64.getDecoder().decode(data.path(key).asText(""));
  }

  private static void require(JsonNode data, String key, List<FieldError> errors) {
    if (!data.has(key)) {
      errors.add(FieldError.required("data[%s]".formatted(key), ""));
    }
  }

  private static void account(Document secret, List<FieldError> errors) {
    if (secret.meta().annotations().getOrDefault(ACCOUNT, "").isEmpty()) {
      errors.add(FieldError.required("metadata.annotations[%s]".formatted(ACCOUNT), ""));
    }
  }

  /** The value of a key that must be JSON. */
  private static void document(JsonNode data, String key, List<FieldError> errors) {
    if (!data.has(key)) {
      require(data, key, errors);
      return;
    }
    try {
      Json.parse(Base64.getDecoder().decode(data.get(key).asText()));
    } catch (ApiException | IllegalArgumentException e) {
      errors.add(
          FieldError.invalid(
              "data[%s]".formatted(key), "<secret contents redacted>", "must be a JSON object"));
    }
  }
}
