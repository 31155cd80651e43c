package dev.fairlead.apiserver.proxy;

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
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An API that knows some objects and nothing but GET. */
final class FakeObjects implements KubeApi {
  private final Map<Target, Document> objects = new ConcurrentHashMap<>();

  /** Adds an object of namespace {@code default}, or of none. */
  void put(ResourceType type, String name, String yaml) {
    String namespace = type.namespaced() ? "default" : "";
    Document object = Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    objects.put(Target.object(type, namespace, name), object);
  }

  @Override
  public Document get(Target target) {
    Document found = objects.get(target);
    if (found == null) {
      throw ApiException.notFound(target.type(), target.name());
    }
    return found;
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    throw new UnsupportedOperationException();
  }
}
