package dev.fairlead.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.host.Failure;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Waits for a cluster that somebody else has started: an {@code up} that was interrupted leaves one
 * behind that gets ready all the same.
 *
 * @param runs whether its process is there
 * @param status what it says of itself; empty when it does not answer (yet, or any more)
 * @param pause waits a little before it is asked again
 * @param say told once what is waited for
 */
record Joining(
    BooleanSupplier runs,
    Supplier<Optional<ObjectNode>> status,
    Runnable pause,
    Consumer<String> say) {
  /** With pauses of 100 ms, two minutes. */
  static final int TRIES_MAX = 1200;

  /**
   * Waits until it is ready.
   *
   * @return its status; empty when there is none, or none any more
   * @throws Failure when it does not get ready in time
   */
  Optional<ObjectNode> await() {
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      Optional<ObjectNode> answer = status.get();
      if (answer.isPresent() && answer.get().path("state").asText().equals("ready")) {
        return answer;
      }
      if (answer.isEmpty() && !runs.getAsBoolean()) {
        return Optional.empty();
      }
      if (tries == 0) {
        say.accept("A cluster is starting already; waiting until it is ready");
      }
      pause.run();
    }
    throw new Failure(
        "the cluster that is there does not get ready; see fairlead status and fairlead logs, or stop"
            + " it with: fairlead down");
  }
}
