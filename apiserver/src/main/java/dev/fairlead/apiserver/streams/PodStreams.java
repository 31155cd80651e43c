package dev.fairlead.apiserver.streams;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.apiserver.logs.Containers;
import dev.fairlead.apiserver.logs.KubeletAddress;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import javax.net.ssl.SSLContext;

/**
 * Serves {@code pods/portforward}, {@code pods/exec} and {@code pods/attach}: finds the pod's
 * kubelet, asks it for the same upgrade, and passes bytes on in both directions.
 */
public final class PodStreams {
  /** The subresources served here. */
  public static final Set<String> SUBRESOURCES = Set.of("portforward", "exec", "attach");

  /** What the kubelet calls the flags of exec and attach. */
  private static final Map<String, String> FLAGS =
      Map.of("stdin", "input", "stdout", "output", "stderr", "error", "tty", "tty");

  private final UpgradeProxy proxy;

  /**
   * Streams over TLS.
   *
   * @param tls shows the API server's client certificate and trusts the kubelets'
   */
  public PodStreams(SSLContext tls) {
    this.proxy = new UpgradeProxy(tls);
  }

  /** Answers one request; returns when the session is over. */
  public void serve(HttpExchange exchange, KubeApi api, Target target)
      throws IOException, InterruptedException {
    HttpRequest request = exchange.request();
    Document pod = api.get(Target.object(Kinds.POD, target.key()));
    String path =
        target.subresource().equals("portforward")
            ? "/portForward/%s/%s%s".formatted(pod.namespace(), pod.name(), ports(request))
            : commandPath(target.subresource(), pod, request);
    proxy.pass(exchange, KubeletAddress.of(api, pod), path);
  }

  private static String ports(HttpRequest request) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    values(request, "ports")
        .forEach(list ->
            List.of(list.split(",", -1)).forEach(port -> query.add("port=" + encode(port))));
    return query.toString();
  }

  private static String commandPath(String verb, Document pod, HttpRequest request) {
    String container = Containers.choose(pod, request.parameter("container"));
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    FLAGS.forEach((name, kubelets) -> {
      if (request.flag(name)) {
        query.add(kubelets + "=1");
      }
    });
    values(request, "command").forEach(word -> query.add("command=" + encode(word)));
    return "/%s/%s/%s/%s%s".formatted(verb, pod.namespace(), pod.name(), container, query);
  }

  private static List<String> values(HttpRequest request, String name) {
    return request.query().getOrDefault(name, List.of());
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
