package dev.fairlead.client;

import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Paths and queries of the API (Kubernetes API concepts, "Resource URIs"). */
final class Urls {
  private final StringBuilder query = new StringBuilder();

  private Urls() {}

  static String path(Target target) {
    StringBuilder path = new StringBuilder(target.type().groupPath());
    if (target.type().namespaced() && !target.namespace().isEmpty()) {
      path.append("/namespaces/").append(encode(target.namespace()));
    }
    path.append('/').append(target.type().plural());
    if (!target.name().isEmpty()) {
      path.append('/').append(encode(target.name()));
    }
    if (!target.subresource().isEmpty()) {
      path.append('/').append(encode(target.subresource()));
    }
    return path.toString();
  }

  static String query(ListOptions options) {
    return new Urls()
        .add("labelSelector", options.labelSelector())
        .add("fieldSelector", options.fieldSelector())
        .add("resourceVersion", options.resourceVersion())
        .add("resourceVersionMatch", options.resourceVersionMatch())
        .add("limit", options.limit() == 0 ? "" : Integer.toString(options.limit()))
        .add("continue", options.continueToken())
        .toString();
  }

  static String query(WatchOptions options) {
    Boolean initial = options.sendInitialEvents();
    return new Urls()
        .add("watch", "true")
        .add("labelSelector", options.labelSelector())
        .add("fieldSelector", options.fieldSelector())
        .add("resourceVersion", options.resourceVersion())
        .add("resourceVersionMatch", initial != null ? "NotOlderThan" : "")
        .add("allowWatchBookmarks", options.bookmarks() ? "true" : "")
        .add("sendInitialEvents", initial == null ? "" : initial.toString())
        .add(
            "timeoutSeconds",
            options.timeoutSeconds() == 0 ? "" : Long.toString(options.timeoutSeconds()))
        .toString();
  }

  static String query(WriteOptions options) {
    return new Urls()
        .add("dryRun", options.dryRun() ? "All" : "")
        .add("fieldManager", options.fieldManager())
        .add("force", options.force() ? "true" : "")
        .add("fieldValidation", fieldValidation(options.validation()))
        .toString();
  }

  /** Nothing for what the server does by itself, so that older servers are asked nothing new. */
  private static String fieldValidation(WriteOptions.Validation validation) {
    return switch (validation) {
      case IGNORE -> "Ignore";
      case WARN -> "";
      case STRICT -> "Strict";
    };
  }

  private Urls add(String name, String value) {
    if (!value.isEmpty()) {
      query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(encode(value));
    }
    return this;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return query.toString();
  }
}
