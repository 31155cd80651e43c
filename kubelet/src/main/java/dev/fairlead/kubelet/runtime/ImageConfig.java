package dev.fairlead.kubelet.runtime;

import java.util.List;
import java.util.Map;

/**
 * What an image says about how to start it (OCI image configuration).
 *
 * @param command the entry point; empty when the container must name one
 * @param args its default arguments
 * @param env variables, weaker than those of the container
 * @param workingDir empty for {@code /}
 */
public record ImageConfig(
    List<String> command, List<String> args, Map<String, String> env, String workingDir) {
  /** Says nothing: the container names its command. */
  public static final ImageConfig EMPTY =
      new ImageConfig(List.of(), List.of(), java.util.Map.of(), "");

  public ImageConfig {
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = Map.copyOf(env);
  }

  /** An image that runs this command. */
  public static ImageConfig of(List<String> command) {
    return new ImageConfig(command, List.of(), Map.of(), "");
  }
}
