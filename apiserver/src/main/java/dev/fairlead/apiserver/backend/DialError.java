package dev.fairlead.apiserver.backend;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Why a connection could not be made, as Go's {@code net} says it. */
final class DialError {
  private DialError() {}

  static String text(String authority, IOException e) {
    return "dial tcp %s: %s".formatted(authority, reason(e));
  }

  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return switch (e) {
      case SocketTimeoutException timeout -> "i/o timeout";
      case NoRouteToHostException unreachable -> "connect: no route to host";
      case UnknownHostException unknown -> "lookup " + e.getMessage() + ": no such host";
      default ->
          message.contains("refused") ? "connect: connection refused" : "connect: " + message;
    };
  }
}
