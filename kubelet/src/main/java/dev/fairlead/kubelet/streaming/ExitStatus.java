package dev.fairlead.kubelet.streaming;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;

/** How a command ended, as the {@code Status} that clients read from the error stream. */
final class ExitStatus {
  private ExitStatus() {}

  /** The status of a command that has ended. */
  static byte[] of(int code) {
    ObjectNode status = status(code == 0 ? "Success" : "Failure");
    if (code != 0) {
      status.put("message", "command terminated with non-zero exit code: exit status " + code);
      status.put("reason", "NonZeroExitCode");
      status
          .putObject("details")
          .putArray("causes")
          .addObject()
          .put("reason", "ExitCode")
          .put("message", Integer.toString(code));
    }
    return Json.bytes(status);
  }

  /** The status of a command that could not be run. */
  static byte[] failure(boolean attach, String why) {
    String what =
        attach ? "error attaching to container: " : "error executing command in container: ";
    ObjectNode status = status("Failure");
    status.put("message", "Internal error occurred: " + what + why);
    status.put("reason", "InternalError");
    status.putObject("details").putArray("causes").addObject().put("message", what + why);
    return Json.bytes(status.put("code", 500));
  }

  private static ObjectNode status(String result) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", result);
  }
}
