package dev.fairlead.controllers.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.controllers.CanonicalJson;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A ControllerRevision that holds a pod template (API: {@code apps/v1 ControllerRevision}).
 *
 * @param number the higher the newer
 * @param template the template that was wanted then
 */
public record Revision(Document document, long number, JsonNode template) {
  private static final Comparator<Revision> ORDER =
      Comparator.comparingLong(Revision::number)
          .thenComparing(each ->
              Objects.requireNonNullElse(each.document().meta().creationTimestamp(), Instant.EPOCH))
          .thenComparing(Revision::name);

  /** Reads a ControllerRevision's document. */
  public static Revision of(Document document) {
    JsonNode template = document.tree().at("/data/spec/template");
    JsonNode plain =
        template instanceof ObjectNode patch ? patch.deepCopy().without("$patch") : template;
    return new Revision(document, document.tree().path("revision").asLong(0), plain);
  }

  /** The revisions of these documents, oldest first. */
  public static List<Revision> sorted(List<Document> documents) {
    return documents.stream().map(Revision::of).sorted(ORDER).toList();
  }

  public String name() {
    return document.name();
  }

  /** Whether it holds this template. */
  public boolean holds(JsonNode other) {
    return CanonicalJson.same(template, other);
  }

  /** {@code data}: a strategic merge patch that brings the template back. */
  static ObjectNode data(JsonNode template) {
    ObjectNode data = Json.object();
    ObjectNode replace = template.deepCopy();
    replace.put("$patch", "replace");
    data.putObject("spec").set("template", replace);
    return data;
  }
}
