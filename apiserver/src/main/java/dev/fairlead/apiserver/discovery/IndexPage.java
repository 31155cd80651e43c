package dev.fairlead.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** {@code /}: the paths that are served. */
public final class IndexPage implements Front.Page {
  private final ObjectNode index = Json.object();

  /** The index of these paths. */
  public IndexPage(List<String> paths) {
    ArrayNode all = index.putArray("paths");
    new TreeSet<>(paths).forEach(all::add);
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/");
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    Answers.json(exchange, index);
  }
}
