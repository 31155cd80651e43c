package dev.fairlead.client.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.patch.Patches;
import dev.fairlead.api.select.FieldSelector;
import dev.fairlead.api.select.LabelSelector;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pretend API server in memory: revisions, generations, conflicts, {@code generateName},
 * finalizers, the {@code status} and {@code binding} subresources, selectors and watches as the
 * real one; no validation, defaulting, allocation or graceful deletion. Tests can take it down,
 * drop its watches and let its history expire.
 */
public final class FakeKubeApi implements KubeApi {
  private final Clock clock;
  private final Map<ResourceType, Map<String, Document>> objects = new java.util.HashMap<>();
  private final List<Change> history = new ArrayList<>();
  private final List<FakeWatch> watches = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private long revision = 1;
  private long oldest = 1;
  private int names;
  private @Nullable ApiException outage;
  private int refused;

  private record Change(
      long revision, Target target, @Nullable Document before, @Nullable Document after) {}

  /** An empty cluster on the machine's clock. */
  public FakeKubeApi() {
    this(Clock.systemUTC());
  }

  /** An empty cluster whose timestamps come from this clock. */
  public FakeKubeApi(Clock clock) {
    this.clock = clock;
  }

  /** Every call fails with this from now on and watches end; null ends the outage. */
  public synchronized void outage(@Nullable ApiException failure) {
    outage = failure;
    if (failure != null) {
      dropWatches();
    }
  }

  /** How many calls have failed by an {@link #outage} so far. */
  public synchronized int refused() {
    return refused;
  }

  /** Ends every watch as a lost connection does. */
  public synchronized void dropWatches() {
    watches.forEach(FakeWatch::close);
    watches.clear();
  }

  /** Forgets the history: watches end with 410, and so does watching from an older revision. */
  public synchronized void expire() {
    oldest = revision;
    history.clear();
    watches.forEach(watch -> watch.fail(ApiException.expired("too old resource version")));
    watches.clear();
  }

  /** Sends a bookmark at the current revision to every watcher. */
  public synchronized void bookmark() {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("resourceVersion", Long.toString(revision));
    watches.forEach(watch -> watch.bookmark(Document.of(tree)));
  }

  /** Watches that are open. */
  public synchronized int watchCount() {
    return watches.size();
  }

  /** Each write so far, as {@code create pods default/a}, {@code update pods/status default/a}. */
  public synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  @Override
  public synchronized Document get(Target target) {
    available();
    return existing(target);
  }

  @Override
  public synchronized Listing list(Target target, ListOptions options) {
    available();
    LabelSelector labels = LabelSelector.parse(options.labelSelector());
    FieldSelector fields = FieldSelector.parse(target.type(), options.fieldSelector());
    List<Document> items =
        of(target.type()).values().stream()
            .filter(each -> inScope(target, each))
            .filter(each -> labels.matches(each.meta().labels()) && fields.matches(each))
            .toList();
    return new Listing(items, Long.toString(revision), "", null);
  }

  @Override
  public synchronized Watch watch(Target target, WatchOptions options) {
    available();
    LabelSelector labels = LabelSelector.parse(options.labelSelector());
    FieldSelector fields = FieldSelector.parse(target.type(), options.fieldSelector());
    FakeWatch watch = new FakeWatch(target, labels, fields);
    String from = options.resourceVersion();
    if (from.isEmpty() || from.equals("0")) {
      of(target.type()).values().forEach(each -> watch.offer(target(target, each), null, each));
    } else if (Long.parseLong(from) < oldest) {
      throw ApiException.expired("too old resource version: " + from + " (" + oldest + ")");
    } else {
      history.stream()
          .filter(change -> change.revision() > Long.parseLong(from))
          .forEach(change -> watch.offer(change.target(), change.before(), change.after()));
    }
    watches.add(watch);
    return watch;
  }

  @Override
  public synchronized Document create(Target target, Document object, WriteOptions options) {
    available();
    if (target.subresource().equals("binding")) {
      return bind(target, object);
    }
    ObjectNode tree = object.tree().deepCopy();
    ObjectNode meta = tree.withObjectProperty("metadata");
    if (meta.path("name").asText("").isEmpty()) {
      meta.put("name", meta.path("generateName").asText("") + "%05d".formatted(++names));
    }
    if (target.type().namespaced()) {
      meta.put("namespace", target.namespace());
    }
    String name = meta.path("name").asText();
    Target one = Target.object(target.type(), target.namespace(), name);
    if (of(target.type()).containsKey(key(one))) {
      throw ApiException.alreadyExists(target.type(), name);
    }
    tree.put("apiVersion", target.type().apiVersion()).put("kind", target.type().kind());
    meta.put("uid", UUID.randomUUID().toString()).put("generation", 1);
    meta.put("creationTimestamp", now());
    return store("create", one, null, tree);
  }

  @Override
  public synchronized Document update(Target target, Document object, WriteOptions options) {
    available();
    Document before = existing(target);
    String expected = object.meta().resourceVersion();
    if (!expected.isEmpty() && !expected.equals(before.meta().resourceVersion())) {
      throw ApiException.conflict(
          target.type(),
          target.name(),
          "the object has been modified; please apply your changes to the latest version and try again");
    }
    return replace("update", target, before, object);
  }

  @Override
  public synchronized Document patch(Target target, Patch patch, WriteOptions options) {
    available();
    Document before = existing(target);
    return replace("patch", target, before, Patches.apply(target.type(), before, patch));
  }

  @Override
  public synchronized Document delete(Target target, DeleteOptions options) {
    available();
    Document before = existing(target);
    if (!options.uid().isEmpty() && !options.uid().equals(before.meta().uid())) {
      throw ApiException.conflict(
          target.type(), target.name(), "the UID in the precondition does not match");
    }
    if (!before.meta().finalizers().isEmpty()) {
      ObjectNode tree = before.tree().deepCopy();
      tree.withObjectProperty("metadata").put("deletionTimestamp", now());
      return store("delete", target, before, tree);
    }
    return remove("delete", target, before);
  }

  @Override
  public synchronized Listing deleteCollection(
      Target target, ListOptions which, DeleteOptions options) {
    Listing listing = list(target, which);
    listing.items().forEach(each -> delete(target(target, each), options));
    return listing;
  }

  private Document replace(String verb, Target target, Document before, Document object) {
    ObjectNode tree = object.tree().deepCopy();
    ObjectNode old = before.tree();
    if (target.subresource().equals("status")) {
      tree = old.deepCopy();
      copy(object.tree(), tree, "status");
    } else if (target.type().subresources().contains("status")) {
      copy(old, tree, "status");
    }
    ObjectNode meta = tree.withObjectProperty("metadata");
    for (String field : List.of("uid", "creationTimestamp", "deletionTimestamp", "generation")) {
      copy(old.withObjectProperty("metadata"), meta, field);
    }
    if (tree.equals(old)) {
      return before;
    }
    if (!tree.path("spec").equals(old.path("spec"))) {
      meta.put("generation", before.meta().generation() + 1);
    }
    boolean finished = before.meta().deleting() && meta.path("finalizers").isEmpty();
    Target one = Target.object(target.type(), target.key());
    return finished && !before.meta().finalizers().isEmpty()
        ? remove(verb, one, Document.of(tree))
        : store(
            target.subresource().isEmpty() ? verb : verb + "/" + target.subresource(),
            one,
            before,
            tree);
  }

  private Document bind(Target target, Document binding) {
    Target one = Target.object(target.type(), target.key());
    Document before = existing(one);
    ObjectNode tree = before.tree().deepCopy();
    tree.withObjectProperty("spec").set("nodeName", binding.tree().at("/target/name"));
    return store("bind", one, before, tree);
  }

  private Document store(String verb, Target target, @Nullable Document before, ObjectNode tree) {
    tree.withObjectProperty("metadata").put("resourceVersion", Long.toString(++revision));
    Document after = Document.of(tree);
    of(target.type()).put(key(target), after);
    publish(verb, target, before, after);
    return after;
  }

  private Document remove(String verb, Target target, Document before) {
    of(target.type()).remove(key(target));
    ObjectNode last = before.tree().deepCopy();
    last.withObjectProperty("metadata").put("resourceVersion", Long.toString(++revision));
    publish(verb, target, Document.of(last), null);
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
    return Document.of(status);
  }

  private void publish(
      String verb, Target target, @Nullable Document before, @Nullable Document after) {
    writes.add(verb + " " + target.type().plural() + " " + target.key());
    history.add(new Change(revision, target, before, after));
    watches.forEach(watch -> watch.offer(target, before, after));
  }

  private void available() {
    if (outage != null) {
      refused++;
      throw outage;
    }
  }

  private Document existing(Target target) {
    Document found = of(target.type()).get(key(target));
    if (found == null) {
      throw ApiException.notFound(target.type(), target.name());
    }
    return found;
  }

  private Map<String, Document> of(ResourceType type) {
    return objects.computeIfAbsent(type, each -> new TreeMap<>());
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String key(Target target) {
    return target.key().toString();
  }

  private static Target target(Target collection, Document object) {
    return Target.object(collection.type(), object.key());
  }

  private static boolean inScope(Target target, Document object) {
    return target.namespace().isEmpty() || target.namespace().equals(object.namespace());
  }

  private static void copy(ObjectNode from, ObjectNode to, String field) {
    if (from.has(field)) {
      to.set(field, from.get(field).deepCopy());
    } else {
      to.remove(field);
    }
  }
}
