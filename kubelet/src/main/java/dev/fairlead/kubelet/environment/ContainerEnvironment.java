package dev.fairlead.kubelet.environment;

import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.EnvFrom;
import dev.fairlead.api.view.EnvVar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes a container's variables. Weakest first: service variables, {@code envFrom} in order,
 * {@code env} in order; {@code $(NAME)} in a value sees what stands before it (upstream: {@code
 * makeEnvironmentVariables} of the kubelet).
 */
public final class ContainerEnvironment {
  private final PodFacts facts;
  private final Map<String, String> services;
  private final ConfigSource source;

  /**
   * The variables of one pod's containers.
   *
   * @param services from {@link ServiceVariables}
   */
  public ContainerEnvironment(PodFacts facts, Map<String, String> services, ConfigSource source) {
    this.facts = facts;
    this.services = services;
    this.source = source;
  }

  /**
   * The variables of a container.
   *
   * @throws ConfigException when something that it refers to is missing and not optional
   */
  public Map<String, String> of(Container container) throws ConfigException {
    Map<String, String> own = new LinkedHashMap<>();
    for (EnvFrom from : container.envFrom()) {
      addAll(from, own);
    }
    for (EnvVar variable : container.env()) {
      String value = value(container, variable, own);
      if (value != null) {
        own.put(variable.name(), value);
      }
    }
    services.forEach(own::putIfAbsent);
    return own;
  }

  private void addAll(EnvFrom from, Map<String, String> own) throws ConfigException {
    Map<String, String> data =
        from.secret() ? source.secret(from.name()) : source.configMap(from.name());
    if (data == null) {
      if (!from.optional()) {
        throw missing(from.secret() ? "secret" : "configmap", from.name());
      }
      return;
    }
    data.forEach((key, value) -> own.put(from.prefix() + key, value));
  }

  private @Nullable String value(Container container, EnvVar variable, Map<String, String> own)
      throws ConfigException {
    if (!variable.value().isEmpty()) {
      return Expansion.expand(
          variable.value(), name -> own.containsKey(name) ? own.get(name) : services.get(name));
    }
    return switch (variable.source()) {
      case null -> "";
      case EnvVar.Source.Field field -> facts.field(field.path());
      case EnvVar.Source.Resource resource ->
          facts.resource(
              resource.container().isEmpty() ? container.name() : resource.container(),
              resource.resource(),
              resource.divisor());
      case EnvVar.Source.ConfigMapKey key ->
          keyed("ConfigMap", source.configMap(key.name()), key.name(), key.key(), key.optional());
      case EnvVar.Source.SecretKey key ->
          keyed("Secret", source.secret(key.name()), key.name(), key.key(), key.optional());
      case EnvVar.Source.Other other ->
          throw new ConfigException(
              "env \"%s\": valueFrom.%s is not supported"
                  .formatted(variable.name(), other.field()));
    };
  }

  private @Nullable String keyed(
      String kind, @Nullable Map<String, String> data, String name, String key, boolean optional)
      throws ConfigException {
    if (data == null && !optional) {
      throw missing(kind.toLowerCase(java.util.Locale.ROOT), name);
    }
    String value = data == null ? null : data.get(key);
    if (value == null && !optional) {
      throw new ConfigException(
          "couldn't find key %s in %s %s/%s"
              .formatted(key, kind, facts.pod().meta().namespace(), name));
    }
    return value;
  }

  private static ConfigException missing(String resource, String name) {
    return new ConfigException("%s \"%s\" not found".formatted(resource, name));
  }
}
