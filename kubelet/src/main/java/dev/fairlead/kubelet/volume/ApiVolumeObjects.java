package dev.fairlead.kubelet.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the objects of one pod from the API, and keeps its tokens until they are old. */
final class ApiVolumeObjects implements VolumeObjects {
  private static final int OLD_PERCENT = 80;
  private static final Duration AGE_MAX = Duration.ofHours(24);

  private final KubeApi api;
  private final Pod pod;
  private final Clock clock;
  private final Map<Projection.Token, Kept> tokens = new HashMap<>();

  /** A token and when it is to be replaced. */
  private record Kept(String text, Instant old) {}

  ApiVolumeObjects(KubeApi api, Pod pod, Clock clock) {
    this.api = api;
    this.pod = pod;
    this.clock = clock;
  }

  /** When the first token is to be replaced; null when there is none. */
  @Nullable Instant nextRefresh() {
    return tokens.values().stream().map(Kept::old).min(Comparator.naturalOrder()).orElse(null);
  }

  @Override
  public @Nullable Map<String, byte[]> data(boolean secret, String name) {
    JsonNode tree;
    try {
      tree =
          api.get(
                  Target.object(
                      secret ? Kinds.SECRET : Kinds.CONFIG_MAP, pod.meta().namespace(), name))
              .tree();
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
    Map<String, byte[]> result = new TreeMap<>();
    tree.path("data")
        .properties()
        .forEach(each -> {
          String text = each.getValue().asText("");
          result.put(each.getKey(), secret ? decode(text) : text.getBytes(StandardCharsets.UTF_8));
        });
    tree.path("binaryData")
        .properties()
        .forEach(each -> result.put(each.getKey(), decode(each.getValue().asText(""))));
    return result;
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text);
  }

  @Override
  public String token(Projection.Token wanted) throws VolumeException {
    Instant now = clock.instant();
    Kept known = tokens.get(wanted);
    if (known != null && now.isBefore(known.old())) {
      return known.text();
    }
    try {
      Kept fresh = request(wanted, now);
      tokens.put(wanted, fresh);
      return fresh.text();
    } catch (ApiException e) {
      throw new VolumeException("failed to fetch token: " + e.message());
    }
  }

  private Kept request(Projection.Token wanted, Instant now) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    ObjectNode spec = tree.putObject("spec");
    if (!wanted.audience().isEmpty()) {
      spec.putArray("audiences").add(wanted.audience());
    }
    spec.put("expirationSeconds", wanted.expirationSeconds());
    spec.putObject("boundObjectRef")
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("name", pod.meta().name())
        .put("uid", pod.meta().uid());
    Target account =
        Target.object(Kinds.SERVICE_ACCOUNT, pod.meta().namespace(), pod.serviceAccountName());
    JsonNode status =
        api.create(account.sub("token"), Document.of(tree), WriteOptions.NONE).status();
    Duration life =
        Duration.between(now, Instant.parse(status.path("expirationTimestamp").asText()));
    Duration young = life.multipliedBy(OLD_PERCENT).dividedBy(100);
    return new Kept(
        status.path("token").asText(), now.plus(young.compareTo(AGE_MAX) < 0 ? young : AGE_MAX));
  }
}
