package dev.fairlead.apiserver.openapi;

import static dev.fairlead.apiserver.openapi.Parameter.flag;
import static dev.fairlead.apiserver.openapi.Parameter.number;
import static dev.fairlead.apiserver.openapi.Parameter.path;
import static dev.fairlead.apiserver.openapi.Parameter.text;

import dev.fairlead.api.ResourceType;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters that the operations take (API: {@code meta/v1} {@code ListOptions} and its like).
 */
final class Parameters {
  static final Parameter PRETTY = text("pretty", "If 'true', the answer is indented.");

  private static final Parameter DRY_RUN =
      text("dryRun", "'All': everything is checked and nothing is kept.");
  private static final Parameter CONTAINER =
      text("container", "The container; needed when the pod has several.");
  private static final Parameter STDIN = flag("stdin", "Send input to the container.");
  private static final Parameter STDOUT = flag("stdout", "Receive the output of the container.");
  private static final Parameter STDERR = flag("stderr", "Receive the errors of the container.");
  private static final Parameter TTY = flag("tty", "Use a terminal.");

  private static final List<Parameter> LIST =
      List.of(
          flag("allowWatchBookmarks", "Bookmarks may be sent on a watch."),
          text("continue", "Where the list goes on, as the page before it said."),
          text("fieldSelector", "Only objects whose fields match."),
          text("labelSelector", "Only objects whose labels match."),
          number("limit", "The most objects of one page."),
          text("resourceVersion", "The version that the answer must be at or after."),
          text("resourceVersionMatch", "How resourceVersion is meant: Exact or NotOlderThan."),
          flag("sendInitialEvents", "Begin a watch with what there is, ended by a bookmark."),
          number("timeoutSeconds", "When a watch ends, in seconds."),
          flag("watch", "Send changes as they come instead of a list."));

  private static final List<Parameter> WRITE =
      List.of(
          DRY_RUN,
          text("fieldManager", "Who writes, as managedFields names it."),
          text("fieldValidation", "What unknown fields give: Ignore, Warn or Strict."));

  private static final List<Parameter> DELETE =
      List.of(
          DRY_RUN,
          number("gracePeriodSeconds", "How long an object may take to end, in seconds."),
          flag("orphanDependents", "Leave dependents alone; propagationPolicy is to be preferred."),
          text("propagationPolicy", "Orphan, Background or Foreground."));

  private Parameters() {}

  /** Those in the path of one object, or of a collection. */
  static List<Parameter> ofPath(ResourceType type, boolean named) {
    List<Parameter> parameters = new ArrayList<>();
    if (named) {
      parameters.add(path("name", "The name of the " + type.kind() + "."));
    }
    if (type.namespaced()) {
      parameters.add(path("namespace", "The namespace of the object."));
    }
    return parameters;
  }

  /**
   * Those of an operation.
   *
   * @param action upstream's {@code x-kubernetes-action}
   */
  static List<Parameter> ofAction(String action) {
    return switch (action) {
      case "list" -> LIST;
      case "post", "put" -> WRITE;
      case "patch" -> with(WRITE, flag("force", "Apply: take fields over from other managers."));
      case "delete" -> DELETE;
      case "deletecollection" -> deleteCollection();
      default -> List.of();
    };
  }

  /** Those of a subresource that is connected to, or of a log. */
  static List<Parameter> ofConnection(String subresource) {
    return switch (subresource) {
      case "log" ->
          List.of(
              CONTAINER,
              flag("follow", "Go on with what is printed later."),
              flag("insecureSkipTLSVerifyBackend", "Do not check the kubelet's certificate."),
              number("limitBytes", "The most bytes to answer."),
              flag("previous", "The container's run before this one."),
              number("sinceSeconds", "Only lines of the last seconds."),
              number("tailLines", "Only the last lines."),
              flag("timestamps", "Begin each line with its time."));
      case "exec" ->
          List.of(
              text("command", "The command and its arguments, one parameter each."),
              CONTAINER,
              STDERR,
              STDIN,
              STDOUT,
              TTY);
      case "attach" -> List.of(CONTAINER, STDERR, STDIN, STDOUT, TTY);
      case "portforward" -> List.of(number("ports", "The ports to forward, over WebSockets."));
      case "proxy" -> List.of(text("path", "The path to ask for behind the proxy."));
      default -> List.of();
    };
  }

  private static List<Parameter> deleteCollection() {
    List<Parameter> both = new ArrayList<>(DELETE);
    LIST.stream()
        .filter(each -> !List.of("allowWatchBookmarks", "watch").contains(each.name()))
        .forEach(both::add);
    return both;
  }

  private static List<Parameter> with(List<Parameter> parameters, Parameter more) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(more);
    return all;
  }
}
