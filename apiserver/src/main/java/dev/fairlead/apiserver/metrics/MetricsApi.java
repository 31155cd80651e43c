package dev.fairlead.apiserver.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The API with {@link Kinds#MEASURED} in front: those are not stored, but made of what the kubelets
 * say at the moment. A node or pod without figures is left out of lists. Everything else goes on.
 */
public final class MetricsApi implements KubeApi, AutoCloseable {
  private final KubeApi api;
  private final SummarySource source;
  private final Runnable onClose;

  private MetricsApi(KubeApi api, SummarySource source, Runnable onClose) {
    this.api = api;
    this.source = source;
    this.onClose = onClose;
  }

  /**
   * Over the kubelets of the nodes that {@code api} knows.
   *
   * @param tls shows the API server's client certificate and trusts the kubelets'
   */
  public static MetricsApi over(KubeApi api, SSLContext tls) {
    KubeletSummaries kubelets = new KubeletSummaries(tls);
    return new MetricsApi(api, kubelets, kubelets::close);
  }

  static MetricsApi over(KubeApi api, SummarySource source) {
    return new MetricsApi(api, source, () -> {});
  }

  private static boolean measured(Target target) {
    return Kinds.MEASURED.contains(target.type());
  }

  private static void refuse(Target target) {
    if (measured(target)) {
      throw ApiException.methodNotAllowed();
    }
  }

  @Override
  public Document get(Target target) {
    if (!measured(target)) {
      return api.get(target);
    }
    boolean node = target.type().equals(Kinds.NODE_METRICS);
    Document object;
    try {
      object = api.get(Target.object(node ? Kinds.NODE : Kinds.POD, target.key()));
    } catch (ApiException e) {
      throw e.isNotFound() ? ApiException.notFound(target.type(), target.name()) : e;
    }
    List<Document> found = node ? nodes(List.of(object)) : pods(List.of(object));
    if (found.isEmpty()) {
      throw ApiException.notFound(target.type(), target.name());
    }
    return found.getFirst();
  }

  @Override
  public Listing list(Target target, ListOptions options) {
    if (!measured(target)) {
      return api.list(target, options);
    }
    boolean node = target.type().equals(Kinds.NODE_METRICS);
    Target objects =
        node ? Target.all(Kinds.NODE) : Target.collection(Kinds.POD, target.namespace());
    ListOptions wanted =
        new ListOptions(options.labelSelector(), options.fieldSelector(), "", "", 0, "");
    List<Document> found = api.list(objects, wanted).items();
    return new Listing(node ? nodes(found) : pods(found), "", "", null);
  }

  private List<Document> nodes(Collection<Document> nodes) {
    Map<String, JsonNode> summaries = source.fetch(nodes);
    List<Document> result = new ArrayList<>();
    for (Document node : nodes) {
      JsonNode summary = summaries.get(node.name());
      add(result, summary == null ? null : Metrics.node(node, summary));
    }
    return result;
  }

  private List<Document> pods(Collection<Document> pods) {
    Set<String> names = pods.stream().map(MetricsApi::nodeName).collect(Collectors.toSet());
    List<Document> nodes =
        api.list(Target.all(Kinds.NODE), ListOptions.ALL).items().stream()
            .filter(each -> names.contains(each.name()))
            .toList();
    Map<String, JsonNode> summaries = source.fetch(nodes);
    List<Document> result = new ArrayList<>();
    for (Document pod : pods) {
      JsonNode summary = summaries.get(nodeName(pod));
      add(result, summary == null ? null : Metrics.pod(pod, summary));
    }
    return result;
  }

  private static void add(List<Document> result, @Nullable Document found) {
    if (found != null) {
      result.add(found);
    }
  }

  private static String nodeName(Document pod) {
    return pod.spec().path("nodeName").asText("");
  }

  @Override
  public Watch watch(Target target, WatchOptions options) {
    refuse(target);
    return api.watch(target, options);
  }

  @Override
  public Document create(Target target, Document object, WriteOptions options) {
    refuse(target);
    return api.create(target, object, options);
  }

  @Override
  public Document update(Target target, Document object, WriteOptions options) {
    refuse(target);
    return api.update(target, object, options);
  }

  @Override
  public Document patch(Target target, Patch patch, WriteOptions options) {
    refuse(target);
    return api.patch(target, patch, options);
  }

  @Override
  public Document delete(Target target, DeleteOptions options) {
    refuse(target);
    return api.delete(target, options);
  }

  @Override
  public Listing deleteCollection(Target target, ListOptions which, DeleteOptions options) {
    refuse(target);
    return api.deleteCollection(target, which, options);
  }

  @Override
  public void close() {
    onClose.run();
  }
}
