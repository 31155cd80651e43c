package dev.fairlead.client.testing;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.select.FieldSelector;
import dev.fairlead.api.select.LabelSelector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One watcher of a {@link FakeKubeApi}. */
final class FakeWatch implements Watch {
  private final Target target;
  private final LabelSelector labels;
  private final FieldSelector fields;
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

  private sealed interface Item {
    record Event(WatchEvent event) implements Item {}

    record Failure(ApiException exception) implements Item {}

    record End() implements Item {}
  }

  FakeWatch(Target target, LabelSelector labels, FieldSelector fields) {
    this.target = target;
    this.labels = labels;
    this.fields = fields;
  }

  /** Offers a change; selectors turn it into what this watcher sees, if anything. */
  void offer(Target changed, @Nullable Document before, @Nullable Document after) {
    if (!changed.type().equals(target.type())
        || (!target.namespace().isEmpty() && !target.namespace().equals(changed.namespace()))) {
      return;
    }
    boolean was = before != null && selects(before);
    boolean is = after != null && selects(after);
    Document seen = after != null ? after : before;
    if (seen == null || !(was || is)) {
      return;
    }
    if (is) {
      add(was ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, seen);
    } else {
      add(WatchEvent.Type.DELETED, seen);
    }
  }

  void bookmark(Document object) {
    add(WatchEvent.Type.BOOKMARK, object);
  }

  void fail(ApiException exception) {
    items.add(new Item.Failure(exception));
  }

  @Override
  public @Nullable WatchEvent next() throws InterruptedException {
    Item item = items.take();
    return switch (item) {
      case Item.Event event -> event.event();
      case Item.Failure failure -> throw failure.exception();
      case Item.End end -> {
        items.add(end);
        yield null;
      }
    };
  }

  @Override
  public void close() {
    items.add(new Item.End());
  }

  private boolean selects(Document object) {
    return labels.matches(object.meta().labels()) && fields.matches(object);
  }

  private void add(WatchEvent.Type type, Document object) {
    items.add(new Item.Event(new WatchEvent(type, object)));
  }
}
