package dev.fairlead.controllers.statefulset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.controllers.PodControl;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name, host name and labels of a StatefulSet's pod, all made of its ordinal. Pure. */
final class Identity {
  static final String REVISION = "controller-revision-hash";
  private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  private static final String POD_INDEX = "apps.kubernetes.io/pod-index";
  private static final Pattern NAME = Pattern.compile("(.*)-([0-9]+)");

  private Identity() {}

  /** The number in a pod's name; empty when the pod is not named after the set. */
  static OptionalInt ordinal(Document set, Document pod) {
    Matcher name = NAME.matcher(pod.name());
    if (!name.matches() || !name.group(1).equals(set.name())) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(name.group(2)));
    } catch (NumberFormatException e) {
      return OptionalInt.empty(); // more digits than any ordinal has
    }
  }

  /** The labels that tell who a pod is. */
  static Map<String, String> labels(Document set, int ordinal) {
    return Map.of(POD_NAME, name(set, ordinal), POD_INDEX, Integer.toString(ordinal));
  }

  static String name(Document set, int ordinal) {
    return set.name() + "-" + ordinal;
  }

  /**
   * A new pod.
   *
   * @param template of the revision
   * @param revision the revision's name
   */
  static Document pod(
      Document set, JsonNode template, String revision, int ordinal, String serviceName) {
    ObjectNode pod = PodControl.pod(set, template).tree().deepCopy();
    String name = name(set, ordinal);
    ObjectNode metadata = pod.withObject("/metadata").put("name", name);
    ObjectNode labels = metadata.withObject("/labels");
    labels(set, ordinal).forEach(labels::put);
    labels.put(REVISION, revision);
    ObjectNode spec = pod.withObject("/spec").put("hostname", name);
    if (!serviceName.isEmpty()) {
      spec.put("subdomain", serviceName);
    } else {
      spec.remove("subdomain");
    }
    return Document.of(pod);
  }

  /** The revision that a pod was made of; empty when it does not say. */
  static String revision(Document pod) {
    return pod.meta().labels().getOrDefault(REVISION, "");
  }
}
