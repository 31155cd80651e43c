package dev.fairlead.apiserver.watch;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.select.FieldSelector;
import dev.fairlead.api.select.LabelSelector;
import dev.fairlead.store.Store.RangeRequest;

/**
 * Which objects of a type a LIST or WATCH is about.
 *
 * @param scope the namespace and name that the object must have
 */
public record Selection(Scope scope, LabelSelector labels, FieldSelector fields) {

  /**
   * A place that objects are looked up by; empty strings stand for any.
   *
   * @param name only with a namespace, or of a cluster-scoped type
   */
  public record Scope(String namespace, String name) {

    /** The storage keys of the objects of a type that are in this place. */
    public KeyRange keys(ResourceType type) {
      if (!name.isEmpty()) {
        String key = type.storageKey(new ObjectKey(namespace, name));
        return new KeyRange(key, key + "\0");
      }
      String prefix =
          namespace.isEmpty() ? type.storagePrefix() : type.storagePrefix() + namespace + "/";
      return new KeyRange(prefix, RangeRequest.prefixEnd(prefix));
    }
  }

  /**
   * Reads the selectors of a request.
   *
   * @throws dev.fairlead.api.ApiException 400 when a selector cannot be read
   */
  public static Selection of(Target target, String labelSelector, String fieldSelector) {
    LabelSelector labels = LabelSelector.parse(labelSelector);
    FieldSelector fields = FieldSelector.parse(target.type(), fieldSelector);
    return new Selection(scope(target, fields), labels, fields);
  }

  /** Whether every object in the scope is selected. */
  public boolean unfiltered() {
    return !labels.nothing() && labels.requirements().isEmpty() && fields.terms().isEmpty();
  }

  /** Whether the object is selected. */
  public boolean matches(Document object) {
    return inScope(object)
        && (labels.equals(LabelSelector.EVERYTHING) || labels.matches(object.meta().labels()))
        && fields.matches(object);
  }

  boolean inScope(Document object) {
    return (scope.namespace().isEmpty() || scope.namespace().equals(object.namespace()))
        && (scope.name().isEmpty() || scope.name().equals(object.name()));
  }

  private static Scope scope(Target target, FieldSelector fields) {
    ResourceType type = target.type();
    String namespace = target.namespace();
    String name = target.name();
    for (FieldSelector.Term term : fields.terms()) {
      if (term.equal() && term.field().equals("metadata.name")) {
        name = term.value();
      } else if (term.equal() && term.field().equals("metadata.namespace") && namespace.isEmpty()) {
        namespace = term.value();
      }
    }
    boolean exact = !type.namespaced() || !namespace.isEmpty();
    return new Scope(type.namespaced() ? namespace : "", exact ? name : "");
  }
}
