package dev.fairlead.client;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.testing.FakeKubeApi;
import dev.fairlead.client.testing.ForwardingKubeApi;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One object, by one name, with another UID in each list; nothing comes between two lists. */
final class Lists extends ForwardingKubeApi {
  private final Deque<String> uids;
  private final CountDownLatch expired = new CountDownLatch(1);

  Lists(List<String> uids) {
    super(new FakeKubeApi());
    this.uids = new ArrayDeque<>(uids);
  }

  /** Every watch but that after the last list ends with 410. */
  void expire() {
    expired.countDown();
  }

  @Override
  public synchronized Listing list(Target target, ListOptions options) {
    String uid = uids.remove();
    var tree = Json.object().put("apiVersion", "v1").put("kind", target.type().kind());
    tree.putObject("metadata").put("name", "a").put("uid", uid).put("resourceVersion", "1");
    return new Listing(List.of(Document.of(tree)), "1", "", null);
  }

  @Override
  public synchronized Watch watch(Target target, WatchOptions options) {
    return new Silent(uids.isEmpty() ? new CountDownLatch(1) : expired);
  }

  private record Silent(CountDownLatch expired) implements Watch {
    @Override
    public @Nullable WatchEvent next() throws InterruptedException {
      expired.await();
      throw ApiException.expired("too old resource version");
    }

    @Override
    public void close() {}
  }
}
