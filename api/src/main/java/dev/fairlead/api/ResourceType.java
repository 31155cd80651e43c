package dev.fairlead.api;

import java.util.List;
import java.util.Set;

/**
 * One type of object that the API serves: its names, its scope and its subresources.
 *
 * @param group API group; empty for the core group
 * @param plural the name in paths, for example {@code endpointslices}
 * @param storageResource the folder under {@code /registry}, in upstream's layout, for example
 *     {@code services/specs}
 * @param subresources for example {@code status}, {@code scale}
 * @param deprecation what whoever asks for it is warned of; empty where there is nothing to say
 */
public record ResourceType(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<String> subresources,
    String storageResource,
    String deprecation) {

  /** A type that is here to stay. */
  public ResourceType(
      String group,
      String version,
      String kind,
      String plural,
      String singular,
      boolean namespaced,
      List<String> shortNames,
      List<String> categories,
      Set<String> subresources,
      String storageResource) {
    this(
        group,
        version,
        kind,
        plural,
        singular,
        namespaced,
        shortNames,
        categories,
        subresources,
        storageResource,
        "");
  }

  /** {@code v1} or {@code apps/v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code pods} or {@code deployments.apps}, as messages name it. */
  public String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** {@code /api/v1} or {@code /apis/apps/v1}. */
  public String groupPath() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }

  /** The store's prefix for all objects of this type, with a trailing slash. */
  public String storagePrefix() {
    return "/registry/" + storageResource + "/";
  }

  /** The store's key of one object. */
  public String storageKey(ObjectKey key) {
    return namespaced
        ? storagePrefix() + key.namespace() + "/" + key.name()
        : storagePrefix() + key.name();
  }

  /** The same type under another name, for messages. */
  public ResourceType withPlural(String name) {
    return new ResourceType(
        group,
        version,
        kind,
        name,
        singular,
        namespaced,
        shortNames,
        categories,
        subresources,
        storageResource,
        deprecation);
  }

  @Override
  public String toString() {
    return qualifiedName();
  }
}
