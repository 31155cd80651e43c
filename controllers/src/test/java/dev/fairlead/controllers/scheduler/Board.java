package dev.fairlead.controllers.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.select.LabelSelector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cluster for tests, in few words. Quotes in its JSON are single.
 *
 * <p>Nodes are written {@code a/zone1}: such a node has the labels {@code zone}, {@code node} and
 * {@code kubernetes.io/hostname}; {@code -} as zone is none. Pods are written {@code a:foo,bar} for
 * one on node {@code a} with these labels, without values; {@code ns@} before is its namespace, and
 * {@code !} after says that it is on its way out.
 */
final class Board {
  static final String READY = "'conditions':[{'type':'Ready','status':'True'}]";
  static final Namespaces NO_LABELS = _ -> Map.of();
  static final Function<Document, LabelSelector> ALONE = _ -> LabelSelector.EVERYTHING;

  private final Cluster cluster;
  private int pods;

  Board(Namespaces namespaces, Function<Document, LabelSelector> relatives) {
    cluster = new Cluster(namespaces, relatives);
  }

  Board() {
    this(NO_LABELS, ALONE);
  }

  /** Nodes in words. */
  Board nodes(String words) {
    words(words).forEach(word -> cluster.node(node(word)));
    return this;
  }

  /** Pods in words. */
  Board pods(String words) {
    words(words).forEach(this::pod);
    return this;
  }

  /** A node. */
  Board node(Document node) {
    cluster.node(node);
    return this;
  }

  /** A pod on a node. */
  Board place(Document pod, String node) {
    cluster.place(pod, node);
    return this;
  }

  /**
   * What a test says of one node.
   *
   * @param promised pods without a node that were promised room on it
   */
  record Given(Document node, List<Document> pods, List<Document> promised) {
    static Given of(Document node, Document... pods) {
      return new Given(node, List.of(pods), List.of());
    }
  }

  /** These nodes. */
  static Snapshot snapshot(List<Given> nodes) {
    Board board = new Board();
    Nominations nominations = new Nominations();
    for (Given each : nodes) {
      board.node(each.node());
      each.pods().forEach(pod -> board.place(pod, each.node().name()));
      each.promised().forEach(pod -> nominations.promise(pod, each.node().name()));
    }
    return board.cluster().snapshot(nominations.byNode());
  }

  Cluster cluster() {
    return cluster;
  }

  Snapshot snapshot() {
    return cluster.snapshot(Map.of());
  }

  /** One node by its name. */
  NodeState state(String name) {
    return snapshot().nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * What a filter says of each node: its name, with the mark of the reasons against it before it,
   * {@code ?} for others. Those with a mark in {@code curable}, and only those, must be curable.
   */
  String verdicts(
      Function<NodeState, Verdict> filter, Map<List<String>, String> marks, Set<String> curable) {
    List<String> said = new ArrayList<>();
    for (NodeState node : snapshot().nodes()) {
      Verdict verdict = filter.apply(node);
      String mark = marks.getOrDefault(verdict.reasons(), "?");
      assertThat(verdict.curable()).isEqualTo(curable.contains(mark));
      said.add(mark + node.name());
    }
    return String.join(" ", said);
  }

  private void pod(String word) {
    int at = word.indexOf('@');
    int colon = word.indexOf(':');
    boolean going = word.endsWith("!");
    String namespace = at < 0 ? "default" : word.substring(0, at);
    Document pod =
        pod(
            namespace,
            "p" + pods++,
            word.substring(colon + 1, word.length() - (going ? 1 : 0)),
            "");
    Document placed =
        going
            ? pod.with(tree ->
                tree.withObjectProperty("metadata")
                    .put("deletionTimestamp", "2026-01-01T00:00:00Z"))
            : pod;
    cluster.place(placed, word.substring(at + 1, colon));
  }

  /** A node in a word. */
  static Document node(String word) {
    String[] parts = word.split("/", 2);
    String zone = parts[1].equals("-") ? "" : "'zone':'%s',".formatted(parts[1]);
    return document(
        "{'metadata':{'name':'%s','labels':{%s'node':'%s','kubernetes.io/hostname':'%s'}},'status':{%s}}"
            .formatted(parts[0], zone, parts[0], parts[0], READY));
  }

  /**
   * A pod.
   *
   * @param labels with commas between, without values or as {@code key=value}
   * @param spec JSON without the braces
   */
  static Document pod(String namespace, String name, String labels, String spec) {
    List<String> fields = new ArrayList<>();
    for (String each : labels.split(",")) {
      if (!each.isBlank()) {
        String[] parts = each.strip().split("=", 2);
        fields.add("'%s':'%s'".formatted(parts[0], parts.length > 1 ? parts[1] : ""));
      }
    }
    return document(
        "{'metadata':{'namespace':'%s','name':'%s','uid':'%s','labels':{%s}},'spec':{%s}}"
            .formatted(namespace, name, namespace + "-" + name, String.join(",", fields), spec));
  }

  /** The pod that is to be placed. */
  static PodInfo incoming(String labels, String spec) {
    return PodInfo.of(pod("default", "incoming", labels, spec));
  }

  static Document document(String json) {
    return Document.of(Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static Stream<String> words(String words) {
    return Stream.of(words.strip().split("[ ]+")).filter(word -> !word.isEmpty());
  }
}
