package dev.fairlead.client;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * List, then watch, for ever, on one virtual thread. A lost watch resumes from the last revision
 * seen; 410 lists again; errors back off and are logged once on going down and once on coming back.
 */
final class Reflector implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reflector.class);

  /** Where the reflector hands over what it learns, on the reflector's thread. */
  interface Sink {
    /** Everything that exists, at this revision. */
    void replaced(List<Document> objects, String revision) throws InterruptedException;

    /** One change; never a bookmark. */
    void changed(WatchEvent event) throws InterruptedException;
  }

  /** What to reflect. */
  record Subject(Target target, String labelSelector, String fieldSelector) {
    ListOptions list(String continueToken) {
      return new ListOptions(labelSelector, fieldSelector, "", "", 0, continueToken);
    }

    WatchOptions watch(String revision) {
      return new WatchOptions(labelSelector, fieldSelector, revision, true, null, 0);
    }

    @Override
    public String toString() {
      return target.type() + (target.namespace().isEmpty() ? "" : " of " + target.namespace());
    }
  }

  private final KubeApi api;
  private final Subject subject;
  private final Backoff backoff;
  private final Sink sink;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private volatile @Nullable Watch watch;
  private String revision = "";
  private int failures;
  private boolean down;

  private Reflector(KubeApi api, Subject subject, Backoff backoff, Sink sink) {
    this.api = api;
    this.subject = subject;
    this.backoff = backoff;
    this.sink = sink;
    this.thread =
        Thread.ofVirtual()
            .name("reflector-" + subject.target().type().plural())
            .unstarted(this::run);
  }

  static Reflector start(KubeApi api, Subject subject, Backoff backoff, Sink sink) {
    Reflector reflector = new Reflector(api, subject, backoff, sink);
    reflector.thread.start();
    return reflector;
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    Watch open = watch;
    if (open != null) {
      open.close();
    }
  }

  private boolean closed() {
    return closing.getCount() == 0;
  }

  private void run() {
    try {
      while (!closed()) {
        round();
      }
    } catch (InterruptedException e) {
      log.debug("reflector of {} ends", subject);
    }
  }

  private void round() throws InterruptedException {
    try {
      if (revision.isEmpty()) {
        list();
      }
      if (!watchOnce()) {
        failures++;
        pause();
      }
    } catch (ApiException e) {
      if (e.isExpired()) {
        revision = "";
        log.debug("{}: {}; listing again", subject, e.message());
      } else {
        wentDown(e.message());
      }
      failures++;
      pause();
    } catch (RuntimeException e) {
      wentDown(e.toString());
      log.debug("reflector of {} failed", subject, e);
      failures++;
      pause();
    }
  }

  private void list() throws InterruptedException {
    List<Document> objects = new ArrayList<>();
    Listing page = api.list(subject.target(), subject.list(""));
    objects.addAll(page.items());
    while (!page.continueToken().isEmpty()) {
      page = api.list(subject.target(), subject.list(page.continueToken()));
      objects.addAll(page.items());
    }
    sink.replaced(objects, page.resourceVersion());
    revision = page.resourceVersion();
    cameBack();
  }

  /** Watches until the watch ends. Returns whether it brought anything. */
  private boolean watchOnce() throws InterruptedException {
    boolean fruitful = false;
    try (Watch open = api.watch(subject.target(), subject.watch(revision))) {
      watch = open;
      if (closed()) {
        return true;
      }
      cameBack();
      for (WatchEvent event = open.next(); event != null; event = open.next()) {
        if (event.type() != WatchEvent.Type.BOOKMARK) {
          sink.changed(event);
        }
        revision = event.object().meta().resourceVersion();
        failures = 0;
        fruitful = true;
      }
    } finally {
      watch = null;
    }
    return fruitful;
  }

  private void wentDown(String why) {
    if (!down && !closed()) {
      down = true;
      log.warn(
          "{}: cannot list or watch: {}; keeping what is known and trying again", subject, why);
    }
  }

  private void cameBack() {
    if (down) {
      down = false;
      log.info("{}: list and watch work again", subject);
    }
  }

  /**
   * The first failure in a row is tried again almost at once: most are a watch that was cut off.
   */
  private void pause() throws InterruptedException {
    var delay = backoff.delay(failures, ThreadLocalRandom.current());
    boolean closed = closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    if (closed) {
      throw new InterruptedException("the informer is closed");
    }
  }
}
