package dev.fairlead.apiserver.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.Answers;
import dev.fairlead.apiserver.front.Front;
import dev.fairlead.http.HttpExchange;
import java.io.IOException;

/**
 * The list of custom resource definitions, which is empty: kubectl asks for it when it meets a kind
 * that it does not know, and only with this answer says that no such kind is served. Discovery does
 * not name the group, since nothing can be done with it.
 */
public final class CustomResourcesPage implements Front.Page {
  private static final String GROUP_VERSION = "apiextensions.k8s.io/v1";
  private static final String PATH = "/apis/" + GROUP_VERSION + "/customresourcedefinitions";

  @Override
  public boolean serves(String path) {
    return path.equals(PATH);
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    ObjectNode list = Json.object();
    list.put("kind", "CustomResourceDefinitionList").put("apiVersion", GROUP_VERSION);
    list.putObject("metadata").put("resourceVersion", "1");
    list.putArray("items");
    Answers.json(exchange, list);
  }
}
