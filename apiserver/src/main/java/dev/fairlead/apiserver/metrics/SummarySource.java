package dev.fairlead.apiserver.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import java.util.Collection;
import java.util.Map;

/** Gives what kubelets say about usage. */
@FunctionalInterface
interface SummarySource {

  /**
   * The summaries (API: {@code stats/v1alpha1 Summary}) of these nodes by name; those that cannot
   * be had are left out.
   */
  Map<String, JsonNode> fetch(Collection<Document> nodes);
}
