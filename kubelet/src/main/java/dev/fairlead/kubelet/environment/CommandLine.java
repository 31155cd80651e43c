package dev.fairlead.kubelet.environment;

import dev.fairlead.api.view.Container;
import dev.fairlead.kubelet.runtime.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container runs, from its image and its own fields, as container runtimes combine them. */
public final class CommandLine {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private CommandLine() {}

  /**
   * The command line: {@code command} replaces the image's command and arguments, {@code args}
   * alone replaces its arguments.
   *
   * @param env the container's own variables
   */
  public static List<String> of(Container container, ImageConfig image, Map<String, String> env) {
    List<String> result = new ArrayList<>();
    boolean own = !container.command().isEmpty();
    List<String> args = own || !container.args().isEmpty() ? container.args() : List.<String>of();
    if (own) {
      container.command().forEach(each -> result.add(Expansion.expand(each, env::get)));
    } else {
      result.addAll(image.command());
      result.addAll(container.args().isEmpty() ? image.args() : List.of());
    }
    args.forEach(each -> result.add(Expansion.expand(each, env::get)));
    return List.copyOf(result);
  }

  /**
   * All variables of the process: {@code PATH} and {@code HOSTNAME}, the image's, the container's;
   * later ones win.
   */
  public static Map<String, String> environment(
      ImageConfig image, Map<String, String> env, String hostname) {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("PATH", PATH);
    result.put("HOSTNAME", hostname);
    result.putAll(image.env());
    result.putAll(env);
    return result;
  }

  /** The working directory; {@code /} when nobody says. */
  public static String workingDir(Container container, ImageConfig image) {
    if (!container.workingDir().isEmpty()) {
      return container.workingDir();
    }
    return image.workingDir().isEmpty() ? "/" : image.workingDir();
  }
}
