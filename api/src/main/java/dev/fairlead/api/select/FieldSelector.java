package dev.fairlead.api.select;

import com.fasterxml.jackson.core.JsonPointer;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A predicate over fields, as in {@code status.phase=Running,spec.nodeName!=node-1}. Every type
 * knows {@code metadata.name} and {@code metadata.namespace}; a few know more, as upstream.
 *
 * @param terms all must hold
 */
public record FieldSelector(List<Term> terms) {
  /** Selects everything. */
  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  private static final Map<ResourceType, Set<String>> MORE =
      Map.of(
          Kinds.POD,
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.podIPs",
              "status.nominatedNodeName"),
          Kinds.NODE,
          Set.of("spec.unschedulable"),
          Kinds.NAMESPACE,
          Set.of("status.phase"),
          Kinds.SERVICE,
          Set.of("spec.clusterIP", "spec.type"),
          Kinds.SECRET,
          Set.of("type"),
          Kinds.REPLICA_SET,
          Set.of("status.replicas"),
          Kinds.REPLICATION_CONTROLLER,
          Set.of("status.replicas"),
          Kinds.EVENT,
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          Kinds.EVENTS_EVENT,
          Set.of(
              "regarding.kind",
              "regarding.namespace",
              "regarding.name",
              "regarding.uid",
              "regarding.apiVersion",
              "regarding.resourceVersion",
              "regarding.fieldPath",
              "reason",
              "reportingController",
              "type"));

  /** Of the fields above: each is looked up in each object that is told or listed. */
  private static final Map<String, JsonPointer> POINTERS =
      MORE.values().stream()
          .flatMap(Set::stream)
          .distinct()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), FieldSelector::pointer));

  /** One comparison: a field's text equals the value, or does not. */
  public record Term(String field, boolean equal, String value) {
    @Override
    public String toString() {
      return field + (equal ? "=" : "!=") + FieldTerms.escaped(value);
    }
  }

  public FieldSelector {
    terms = List.copyOf(terms);
  }

  /**
   * Parses the query form. Empty selects everything. In a value, {@code \\}, {@code \,} and {@code
   * \=} stand for the character itself.
   *
   * @throws ApiException 400 with upstream's wording, also for a field that the type cannot be
   *     selected by
   */
  public static FieldSelector parse(ResourceType type, String query) {
    List<Term> terms = FieldTerms.parse(query);
    terms.forEach(term -> requireKnown(type, term.field()));
    return terms.isEmpty() ? EVERYTHING : new FieldSelector(terms);
  }

  private static void requireKnown(ResourceType type, String field) {
    Set<String> more = MORE.getOrDefault(type, Set.of());
    if (!more.contains(field) && !isCommon(field, type.namespaced() || more.isEmpty())) {
      throw ApiException.badRequest(
          more.isEmpty()
              ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                  .formatted(field)
              : "field label not supported: " + field);
    }
  }

  /** Nodes and Namespaces, which have fields of their own, are not selected by a namespace. */
  private static boolean isCommon(String field, boolean byNamespace) {
    return field.equals("metadata.name") || (byNamespace && field.equals("metadata.namespace"));
  }

  /** Whether this object is selected. */
  public boolean matches(Document object) {
    for (Term term : terms) { // Asked for each event and watcher, so nothing is allocated.
      if (value(object, term.field()).equals(term.value()) != term.equal()) {
        return false;
      }
    }
    return true;
  }

  /** The query form, which parses to this selector again. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(","));
  }

  private static String value(Document object, String field) {
    if (field.equals("metadata.name")) {
      return object.name();
    }
    if (field.equals("metadata.namespace")) {
      return object.namespace();
    }
    boolean eventSource = field.equals("source") && object.kind().equals("Event");
    String path = eventSource ? "source.component" : field;
    JsonPointer known = POINTERS.get(path);
    return object.tree().at(known == null ? pointer(path) : known).asText(zero(field));
  }

  private static JsonPointer pointer(String field) {
    return JsonPointer.compile("/" + field.replace('.', '/'));
  }

  /** The text of a field that is missing: upstream's types have no such thing. */
  private static String zero(String field) {
    return switch (field) {
      case "spec.hostNetwork", "spec.unschedulable" -> "false";
      case "status.replicas" -> "0";
      default -> "";
    };
  }
}
