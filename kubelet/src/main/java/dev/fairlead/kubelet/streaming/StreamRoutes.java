package dev.fairlead.kubelet.streaming;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.kubelet.streaming.StreamedPods.StreamedPod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The kubelet's streaming paths, as upstream's kubelet has them:
 *
 * <ul>
 *   <li>{@code /portForward/NAMESPACE/POD[/UID]}
 *   <li>{@code /exec/NAMESPACE/POD[/UID]/CONTAINER?command=…&input=1&output=1&error=1&tty=1}
 *   <li>{@code /attach/NAMESPACE/POD[/UID]/CONTAINER?input=1&…}
 * </ul>
 */
public final class StreamRoutes {
  private final StreamedPods pods;

  public StreamRoutes(StreamedPods pods) {
    this.pods = pods;
  }

  /**
   * Answers one request of an allowed caller.
   *
   * @param path its parts, the first being {@code portForward}, {@code exec} or {@code attach}
   */
  public void serve(HttpExchange exchange, List<String> path)
      throws IOException, InterruptedException {
    String verb = path.getFirst();
    boolean forward = verb.equals("portForward");
    int least = forward ? 3 : 4;
    String method = exchange.request().method();
    if (!method.equals("GET") && !method.equals("POST")) {
      text(exchange, 405, "405: Method Not Allowed");
      return;
    }
    if (path.size() != least && path.size() != least + 1) {
      text(exchange, 404, "404 page not found");
      return;
    }
    ObjectKey key = new ObjectKey(path.get(1), path.get(2));
    Optional<StreamedPod> pod = pods.find(key);
    boolean right =
        pod.isPresent() && (path.size() == least || pod.get().uid().equals(path.get(3)));
    String name = key.name() + "_" + key.namespace();
    if (!right || (!forward && !pod.get().runs(path.getLast()))) {
      text(exchange, 404, missing(verb, name, path.getLast()));
    } else if (forward) {
      new PortForwards(name, pod.get()).serve(exchange);
    } else {
      new RemoteCommands(pod.get(), path.getLast(), verb.equals("attach")).serve(exchange);
    }
  }

  /** Whoever attaches to a pod that has ended is told of the container, as upstream words it. */
  private static String missing(String verb, String pod, String container) {
    return switch (verb) {
      case "portForward" -> "pod not found (\"%s\")".formatted(pod);
      case "attach" -> "container %s not found in pod %s".formatted(container, pod);
      default -> "container not found (\"%s\")".formatted(container);
    };
  }

  static void text(HttpExchange exchange, int status, String text) throws IOException {
    exchange.respond(
        status,
        List.of(new Header("Content-Type", "text/plain; charset=utf-8")),
        (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
