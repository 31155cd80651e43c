package dev.fairlead.controllers.scheduler;

import dev.fairlead.api.Document;
import dev.fairlead.api.select.LabelSelector;
import java.util.List;
import java.util.function.Function;

/**
 * What one decision rests on.
 *
 * @param nodes by name
 * @param pods the labels of all pods that have a node
 * @param staying the same of those that are not on their way out
 * @param repulsions the required anti-affinity of pods that have a node
 * @param preferences what else pods that have a node say of others: more is better
 * @param relatives selects the pods that a pod without constraints is spread among
 */
record Snapshot(
    List<NodeState> nodes,
    LabelIndex pods,
    LabelIndex staying,
    TermIndex repulsions,
    TermIndex preferences,
    Namespaces namespaces,
    Function<Document, LabelSelector> relatives) {}
