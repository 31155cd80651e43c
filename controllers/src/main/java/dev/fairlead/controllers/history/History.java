package dev.fairlead.controllers.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.controllers.Ownership;
import dev.fairlead.controllers.TemplateHash;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pod templates that the objects of one kind had as ControllerRevisions (upstream: {@code
 * pkg/controller/history}). A template that comes back gets its old revision, with a new number.
 */
public final class History {
  private static final int COLLISIONS_MAX = 10;

  private final KubeApi api;
  private final SharedInformer informer;
  private final ResourceType ownerType;
  private final String hashLabel;

  /**
   * The revision of the present template, and what was there before.
   *
   * @param present of the present template
   * @param hash the value of the hash label of the present one
   * @param all every revision, the present one last
   * @param collisions how often a name was taken by something else, ever
   */
  public record State(Revision present, String hash, List<Revision> all, int collisions) {}

  /**
   * The history of one kind.
   *
   * @param informer of ControllerRevisions; gets the index of {@link Ownership}
   * @param hashLabel the label of a revision that carries its hash
   */
  public History(KubeApi api, SharedInformer informer, ResourceType ownerType, String hashLabel) {
    this.api = api;
    this.informer = informer;
    this.ownerType = ownerType;
    this.hashLabel = hashLabel;
    Ownership.index(informer);
  }

  /** Finds, renumbers or creates the revision of {@code template}; adopts what matches. */
  public State sync(Document owner, LabelSelector selector, JsonNode template) {
    var claim = Ownership.Claim.of(owner, selector, Ownership.candidates(informer, owner));
    List<Document> owned =
        Ownership.settle(api, Kinds.CONTROLLER_REVISION, ownerType, owner, claim);
    List<Revision> known = Revision.sorted(owned);
    int collisions = owner.status().path("collisionCount").asInt(0);
    return known.reversed().stream()
        .filter(each -> each.holds(template))
        .findFirst()
        .map(equal -> state(newest(equal, known), known, collisions))
        .orElseGet(() -> create(owner, template, known, collisions));
  }

  /** A revision by name, from the API when the local copy is behind; null when there is none. */
  public @Nullable Revision named(Document owner, State state, String name) {
    for (Revision each : state.all()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    try {
      Document found = api.get(Target.object(Kinds.CONTROLLER_REVISION, owner.namespace(), name));
      return Revision.of(found);
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private Revision newest(Revision equal, List<Revision> known) {
    long last = known.getLast().number();
    if (known.getLast().equals(equal)) {
      return equal;
    }
    ObjectNode body = Json.object();
    body.put("revision", last + 1);
    return Revision.of(
        api.patch(
            Target.object(Kinds.CONTROLLER_REVISION, equal.document().key()),
            new Patch(Patch.Type.MERGE, body),
            WriteOptions.NONE));
  }

  private State create(
      Document owner, JsonNode template, List<Revision> known, int collisionsBefore) {
    long number = known.isEmpty() ? 1 : known.getLast().number() + 1;
    for (int i = 0; i < COLLISIONS_MAX; i++) {
      int collisions = collisionsBefore + i;
      String hash = TemplateHash.of(template, collisions);
      Revision made = create(owner, template, hash, number);
      if (made != null) {
        return state(made, known, collisions);
      }
    }
    throw ApiException.internal(
        "no free name for a revision of %s \"%s\"".formatted(owner.kind(), owner.name()));
  }

  private State state(Revision present, List<Revision> known, int collisions) {
    List<Revision> all =
        Stream.concat(
                known.stream().filter(each -> !each.name().equals(present.name())),
                Stream.of(present))
            .toList();
    String hash = present.document().meta().labels().getOrDefault(hashLabel, present.name());
    return new State(present, hash, all, collisions);
  }

  /** Null when the name is taken by something else. */
  private @Nullable Revision create(Document owner, JsonNode template, String hash, long number) {
    Document wanted = document(owner, template, hash, number);
    try {
      return Revision.of(
          api.create(
              Target.collection(Kinds.CONTROLLER_REVISION, owner.namespace()),
              wanted,
              WriteOptions.NONE));
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
      Revision there = Revision.of(api.get(Target.object(Kinds.CONTROLLER_REVISION, wanted.key())));
      OwnerReference controller = there.document().meta().controller();
      boolean ours = controller != null && controller.uid().equals(owner.meta().uid());
      return ours && there.holds(template) ? there : null;
    }
  }

  private Document document(Document owner, JsonNode template, String hash, long number) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", Kinds.CONTROLLER_REVISION.apiVersion());
    tree.put("kind", Kinds.CONTROLLER_REVISION.kind());
    ObjectNode meta = tree.putObject("metadata");
    meta.put("name", owner.name() + "-" + hash).put("namespace", owner.namespace());
    ObjectNode labels = meta.putObject("labels");
    template
        .at("/metadata/labels")
        .properties()
        .forEach(each -> labels.set(each.getKey(), each.getValue()));
    labels.put(hashLabel, hash);
    ObjectNode annotations = meta.putObject("annotations");
    owner.meta().annotations().forEach(annotations::put);
    meta.putArray("ownerReferences").add(OwnerReference.controllerOf(owner).toTree());
    tree.set("data", Revision.data(template));
    return Document.of(tree.put("revision", number));
  }

  /**
   * Deletes the oldest revisions until no more than {@code limit} are left that nothing lives by.
   *
   * @param live names of those that pods or the status refer to; the present one is live anyhow
   */
  public void truncate(State state, Set<String> live, int limit) {
    List<Revision> dead =
        state.all().stream()
            .filter(each -> !each.equals(state.present()) && !live.contains(each.name()))
            .toList();
    for (Revision each : dead.subList(0, Math.max(0, dead.size() - Math.max(0, limit)))) {
      delete(each);
    }
  }

  private void delete(Revision revision) {
    try {
      api.delete(
          Target.object(Kinds.CONTROLLER_REVISION, revision.document().key()),
          DeleteOptions.ofUid(revision.document().meta().uid()));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
