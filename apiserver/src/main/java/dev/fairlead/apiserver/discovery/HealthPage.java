package dev.fairlead.apiserver.discovery;

import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /healthz}, {@code /livez} or {@code /readyz}: {@code ok}, or 500 with the checks that
 * failed; {@code ?verbose} names them all, {@code ?exclude=NAME} leaves one out, {@code
 * /readyz/NAME} asks for one.
 */
public final class HealthPage implements Front.Page {
  private final String path;
  private final List<Check> checks;

  /**
   * The page at one path.
   *
   * @param path with a leading slash
   */
  public HealthPage(String path, List<Check> checks) {
    this.path = path;
    this.checks = List.copyOf(checks);
  }

  @Override
  public boolean serves(String asked) {
    return asked.equals(path)
        || checks.stream().anyMatch(check -> asked.equals(path + "/" + check.name()));
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    HttpRequest request = exchange.request();
    List<String> excluded = request.query().getOrDefault("exclude", List.of());
    List<String> lines = new ArrayList<>();
    boolean allOk = true;
    for (Check check : checks) {
      boolean asked = request.path().equals(path) || request.path().endsWith("/" + check.name());
      if (!asked || excluded.contains(check.name())) {
        continue;
      }
      boolean ok = check.ok().getAsBoolean();
      allOk &= ok;
      lines.add(
          ok
              ? "[+]%s ok".formatted(check.name())
              : "[-]%s failed: reason withheld".formatted(check.name()));
    }
    String name = path.substring(1);
    if (!allOk) {
      lines.add(name + " check failed");
      Answers.text(exchange, 500, String.join("\n", lines) + "\n");
    } else if (request.query().containsKey("verbose")) {
      lines.add(name + " check passed");
      Answers.text(exchange, 200, String.join("\n", lines) + "\n");
    } else {
      Answers.text(exchange, 200, "ok");
    }
  }
}
