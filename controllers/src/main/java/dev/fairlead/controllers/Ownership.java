package dev.fairlead.controllers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.OwnerReference;
import dev.fairlead.api.Patch;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.client.Informer;
import dev.fairlead.client.SharedInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who controls what, by the owner reference marked {@code controller} (upstream: {@code
 * ControllerRefManager}). A controller adopts objects without a controller that its selector
 * selects, and releases its own when they no longer match.
 */
public final class Ownership {
  private static final String INDEX = "controller";

  /**
   * What a controller has to do with the objects around it. Pure.
   *
   * @param kept already its own and still selected
   * @param adopted selected and nobody's
   * @param released its own, selected no more
   */
  public record Claim(List<Document> kept, List<Document> adopted, List<Document> released) {

    /** Sorts candidates into what to keep, adopt and release. */
    public static Claim of(
        Document controller, LabelSelector selector, Collection<Document> candidates) {
      List<Document> kept = new ArrayList<>();
      List<Document> adopted = new ArrayList<>();
      List<Document> released = new ArrayList<>();
      boolean deleting = controller.meta().deleting();
      for (Document candidate : candidates) {
        OwnerReference owner = candidate.meta().controller();
        boolean selected = selector.matches(candidate.meta().labels());
        boolean free = !deleting && !candidate.meta().deleting();
        if (owner != null && owner.uid().equals(controller.meta().uid())) {
          if (selected) {
            kept.add(candidate);
          } else if (free) {
            released.add(candidate);
          }
        } else if (owner == null && selected && free) {
          adopted.add(candidate);
        }
      }
      return new Claim(List.copyOf(kept), List.copyOf(adopted), List.copyOf(released));
    }
  }

  private Ownership() {}

  /** Prepares an informer for {@link #candidates} and {@link #ownedBy}. */
  public static void index(SharedInformer informer) {
    informer.addIndex(
        INDEX,
        object -> {
          OwnerReference owner = object.meta().controller();
          return List.of(owner == null ? orphan(object.namespace()) : owner.uid());
        });
  }

  /** The objects controlled by the one with this UID. */
  public static Collection<Document> ownedBy(Informer informer, String uid) {
    return informer.byIndex(INDEX, uid);
  }

  /** The objects of a namespace that nobody controls. */
  public static Collection<Document> orphans(Informer informer, String namespace) {
    return informer.byIndex(INDEX, orphan(namespace));
  }

  /** Everything that a controller may claim: its own, and its namespace's orphans. */
  public static List<Document> candidates(Informer informer, Document controller) {
    List<Document> all = new ArrayList<>(ownedBy(informer, controller.meta().uid()));
    all.addAll(orphans(informer, controller.namespace()));
    return all;
  }

  /** The key of the controller of {@code object} if it is of this kind, else null. */
  public static @Nullable ObjectKey controllerKey(Document object, ResourceType type) {
    OwnerReference owner = object.meta().controller();
    return owner != null
            && owner.kind().equals(type.kind())
            && owner.apiVersion().equals(type.apiVersion())
        ? new ObjectKey(object.namespace(), owner.name())
        : null;
  }

  /**
   * Carries out a claim.
   *
   * @param type of the claimed objects
   * @param controllerType of the controller, which is read afresh before the first adoption
   * @return what now belongs to the controller
   */
  public static List<Document> settle(
      KubeApi api,
      ResourceType type,
      ResourceType controllerType,
      Document controller,
      Claim claim) {
    List<Document> owned = new ArrayList<>(claim.kept());
    if (!claim.adopted().isEmpty() && mayAdopt(api, controllerType, controller)) {
      for (Document orphan : claim.adopted()) {
        Document adopted = setOwners(api, type, orphan, withOwner(orphan, controller));
        if (adopted != null) {
          owned.add(adopted);
        }
      }
    }
    for (Document leaver : claim.released()) {
      setOwners(api, type, leaver, withoutOwner(leaver, controller.meta().uid()));
    }
    return owned;
  }

  private static boolean mayAdopt(KubeApi api, ResourceType type, Document controller) {
    try {
      Document fresh = api.get(Target.object(type, controller.key()));
      return fresh.meta().uid().equals(controller.meta().uid()) && !fresh.meta().deleting();
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return false;
      }
      throw e;
    }
  }

  private static @Nullable Document setOwners(
      KubeApi api, ResourceType type, Document object, ArrayNode owners) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("metadata")
        .put("uid", object.meta().uid())
        .put("resourceVersion", object.meta().resourceVersion())
        .set("ownerReferences", owners);
    try {
      return api.patch(
          Target.object(type, object.key()), new Patch(Patch.Type.MERGE, body), WriteOptions.NONE);
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private static ArrayNode withOwner(Document object, Document controller) {
    ArrayNode owners = withoutOwner(object, controller.meta().uid());
    return owners.add(OwnerReference.controllerOf(controller).toTree());
  }

  private static ArrayNode withoutOwner(Document object, String uid) {
    ArrayNode owners = JsonNodeFactory.instance.arrayNode();
    for (OwnerReference owner : object.meta().ownerReferences()) {
      if (!owner.uid().equals(uid)) {
        owners.add(owner.toTree());
      }
    }
    return owners;
  }

  private static String orphan(String namespace) {
    return "none in " + namespace;
  }
}
