package dev.fairlead.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod (API: {@code core/v1 Container}).
 *
 * @param command empty for the image's own
 * @param args empty for the image's own
 * @param workingDir empty for the image's own
 * @param readiness null when it has no such probe
 * @param preStop null when it has no such hook
 * @param sidecar whether it is an init container that keeps running ({@code restartPolicy: Always})
 * @param resources as they stand
 * @param resizePolicy as it stands: whether a change of them restarts the container
 * @param volumeMounts as they stand
 */
public record Container(
    String name,
    String image,
    String imagePullPolicy,
    List<String> command,
    List<String> args,
    String workingDir,
    List<Port> ports,
    List<EnvVar> env,
    List<EnvFrom> envFrom,
    @Nullable Probe readiness,
    @Nullable Probe liveness,
    @Nullable Probe startup,
    @Nullable Handler postStart,
    @Nullable Handler preStop,
    boolean sidecar,
    Console console,
    TerminationMessage terminationMessage,
    JsonNode resources,
    JsonNode resizePolicy,
    JsonNode volumeMounts) {

  /**
   * A port that the container says it listens on.
   *
   * @param name empty when it has none
   * @param protocol {@code TCP} when missing
   * @param hostPort of the node; 0 for none
   * @param hostIp the address of the node that {@code hostPort} is open on; empty for all
   */
  public record Port(
      String name, int containerPort, String protocol, int hostPort, String hostIp) {}

  /**
   * How people can type into it.
   *
   * @param once its input ends with the first who has attached
   */
  public record Console(boolean stdin, boolean once, boolean tty) {}

  /**
   * What it says when it ends.
   *
   * @param path where it writes that, as it sees it
   * @param orLog whether the end of its log is taken when it has failed and written nothing
   */
  public record TerminationMessage(String path, boolean orLog) {}

  static Container of(JsonNode node) {
    JsonNode lifecycle = node.path("lifecycle");
    return new Container(
        node.path("name").asText(""),
        node.path("image").asText(""),
        node.path("imagePullPolicy").asText("IfNotPresent"),
        Nodes.strings(node.path("command")),
        Nodes.strings(node.path("args")),
        node.path("workingDir").asText(""),
        ports(node.path("ports")),
        EnvVar.all(node.path("env")),
        EnvFrom.all(node.path("envFrom")),
        Probe.of(node.path("readinessProbe")),
        Probe.of(node.path("livenessProbe")),
        Probe.of(node.path("startupProbe")),
        Handler.of(lifecycle.path("postStart")),
        Handler.of(lifecycle.path("preStop")),
        node.path("restartPolicy").asText("").equals("Always"),
        new Console(
            node.path("stdin").asBoolean(false),
            node.path("stdinOnce").asBoolean(false),
            node.path("tty").asBoolean(false)),
        new TerminationMessage(
            node.path("terminationMessagePath").asText("/dev/termination-log"),
            node.path("terminationMessagePolicy").asText("").equals("FallbackToLogsOnError")),
        node.path("resources"),
        node.path("resizePolicy"),
        node.path("volumeMounts"));
  }

  private static List<Port> ports(JsonNode array) {
    List<Port> result = new ArrayList<>(array.size());
    for (JsonNode port : array) {
      result.add(
          new Port(
              port.path("name").asText(""),
              port.path("containerPort").asInt(0),
              port.path("protocol").asText("TCP"),
              port.path("hostPort").asInt(0),
              port.path("hostIP").asText("")));
    }
    return List.copyOf(result);
  }
}
