package dev.fairlead.api;

/**
 * What a request is about: a type, a namespace, and for most verbs a name and a subresource.
 *
 * @param namespace empty for cluster-scoped types, and for LIST and WATCH over all namespaces
 * @param name empty for a whole collection
 * @param subresource for example {@code status}; empty for the object itself
 */
public record Target(ResourceType type, String namespace, String name, String subresource) {

  /** All objects of a type in one namespace; in every namespace when {@code namespace} is empty. */
  public static Target collection(ResourceType type, String namespace) {
    return new Target(type, namespace, "", "");
  }

  /** All objects of a type in every namespace. */
  public static Target all(ResourceType type) {
    return collection(type, "");
  }

  /** One object. */
  public static Target object(ResourceType type, String namespace, String name) {
    return new Target(type, namespace, name, "");
  }

  /** One object. */
  public static Target object(ResourceType type, ObjectKey key) {
    return object(type, key.namespace(), key.name());
  }

  /** The same object's subresource. */
  public Target sub(String subresource) {
    return new Target(type, namespace, name, subresource);
  }

  /** Namespace and name. */
  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }
}
