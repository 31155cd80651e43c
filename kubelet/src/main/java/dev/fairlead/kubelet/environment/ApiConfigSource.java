package dev.fairlead.kubelet.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads ConfigMaps and Secrets from the API each time. */
public final class ApiConfigSource implements ConfigSource {
  private final KubeApi api;
  private final String namespace;

  public ApiConfigSource(KubeApi api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  @Override
  public @Nullable Map<String, String> configMap(String name) {
    return data(Kinds.CONFIG_MAP, name, text -> text);
  }

  @Override
  public @Nullable Map<String, String> secret(String name) {
    return data(
        Kinds.SECRET,
        name,
        text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }

  private @Nullable Map<String, String> data(
      ResourceType type, String name, Function<String, String> decode) {
    try {
      JsonNode data = api.get(Target.object(type, namespace, name)).tree().path("data");
      Map<String, String> result = new TreeMap<>();
      data.properties()
          .forEach(each -> result.put(each.getKey(), decode.apply(each.getValue().asText(""))));
      return result;
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }
}
