package dev.fairlead.apiserver.discovery;

import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
    Set<String> excluded = new TreeSet<>(request.query().getOrDefault("exclude", List.of()));
    StringBuilder lines = new StringBuilder();
    boolean allOk = true;
    for (Check check : checks) {
      boolean asked = request.path().equals(path) || request.path().endsWith("/" + check.name());
      if (!asked) {
        continue;
      }
      if (excluded.remove(check.name())) {
        lines.append("[+]%s excluded: ok\n".formatted(check.name()));
        continue;
      }
      boolean ok = check.ok().getAsBoolean();
      allOk &= ok;
      String line = ok ? "[+]%s ok\n" : "[-]%s failed: reason withheld\n";
      lines.append(line.formatted(check.name()));
    }
    lines.append(unmatched(excluded)).append(path.substring(1));
    if (!allOk) {
      Answers.text(exchange, 500, lines.append(" check failed\n").toString());
    } else if (request.query().containsKey("verbose")) {
      Answers.text(exchange, 200, lines.append(" check passed\n").toString());
    } else {
      Answers.text(exchange, 200, "ok");
    }
  }

  private static String unmatched(Set<String> excluded) {
    String names = String.join(", ", excluded.stream().map(each -> '"' + each + '"').toList());
    return names.isEmpty()
        ? ""
        : "warn: some health checks cannot be excluded: no matches for %s\n".formatted(names);
  }
}
