package dev.fairlead.apiserver.discovery;

import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import java.io.IOException;

/** {@code /version}: the version of upstream whose API this is. */
public final class VersionPage implements Front.Page {
  /** Of upstream's releases, the one that behaviour is compared with. */
  public static final String GIT_VERSION = "v1.33.0+fairlead";

  @Override
  public boolean serves(String path) {
    return path.equals("/version") || path.equals("/version/");
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    Answers.json(
        exchange,
        Json.object()
            .put("major", "1")
            .put("minor", "33")
            .put("gitVersion", GIT_VERSION)
            .put("gitCommit", "")
            .put("gitTreeState", "clean")
            .put("buildDate", "1970-01-01T00:00:00Z")
            .put("goVersion", "none")
            .put("compiler", "javac")
            .put("platform", "linux/" + System.getProperty("os.arch", "unknown")));
  }
}
