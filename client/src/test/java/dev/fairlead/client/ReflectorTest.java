package dev.fairlead.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.testing.FakeKubeApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ReflectorTest {
  private static final Backoff FAST = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

  private final FakeKubeApi api = new FakeKubeApi();
  private final List<String> learned = new CopyOnWriteArrayList<>();

  @Test
  void aBookmarkMovesTheRevisionSoThatExpiryIsSurvived() {
    var subject = new Reflector.Subject(Target.all(Kinds.CONFIG_MAP), "", "");
    try (Reflector _ = Reflector.start(api, subject, FAST, new Learned())) {
      await().until(() -> api.watchCount() == 1);
      create(Kinds.SECRET, "other"); // the history grows, and this watch is not told
      api.bookmark();
      api.outage(ApiException.unavailable("away")); // ends the watch, after the bookmark
      api.expire();
      api.outage(null);
      create(Kinds.CONFIG_MAP, "a");
      await().untilAsserted(() -> assertThat(learned).contains("+a"));
      assertThat(learned).containsExactly("all", "+a");
    }
  }

  @Test
  void withoutABookmarkExpiryMeansToListAgain() {
    var subject = new Reflector.Subject(Target.all(Kinds.CONFIG_MAP), "", "");
    try (Reflector _ = Reflector.start(api, subject, FAST, new Learned())) {
      await().until(() -> api.watchCount() == 1);
      create(Kinds.SECRET, "other");
      api.expire();
      await().untilAsserted(() -> assertThat(learned).containsExactly("all", "all"));
    }
  }

  private void create(ResourceType type, String name) {
    var tree = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
    tree.putObject("metadata").put("name", name);
    Document _ =
        api.create(Target.collection(type, "default"), Document.of(tree), WriteOptions.NONE);
  }

  private final class Learned implements Reflector.Sink {
    @Override
    public void replaced(List<Document> objects, String revision) {
      learned.add("all");
    }

    @Override
    public void changed(WatchEvent event) {
      learned.add("+" + event.object().name());
    }
  }
}
