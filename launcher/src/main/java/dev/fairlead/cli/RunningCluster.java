package dev.fairlead.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.host.ControlServer;
import dev.fairlead.host.Failure;
import dev.fairlead.host.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The cluster's process as the command line sees it: a socket to ask. */
record RunningCluster(StateDirectory state) {

  /** Its state, or empty when no process answers. */
  Optional<ObjectNode> status() {
    try {
      return Optional.of(askFor("status"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Asks a question that only a running cluster can answer. */
  ObjectNode ask(String question) {
    try {
      ObjectNode answer = askFor(question);
      if (answer.has("error")) {
        throw new Failure(answer.path("error").asText());
      }
      return answer;
    } catch (IOException e) {
      throw new Failure("no cluster is running; start one with: fairlead up");
    }
  }

  private ObjectNode askFor(String question) throws IOException {
    String answer = ControlServer.ask(state.controlSocket(), question);
    if (answer.isEmpty()) {
      throw new IOException("the cluster's process closed the connection");
    }
    return Json.tree(answer.getBytes(StandardCharsets.UTF_8));
  }
}
