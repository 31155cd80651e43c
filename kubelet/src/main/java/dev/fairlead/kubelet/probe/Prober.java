package dev.fairlead.kubelet.probe;

import dev.fairlead.api.codec.GoQuote;
import dev.fairlead.api.view.Container;
import dev.fairlead.api.view.Handler;
import dev.fairlead.kubelet.network.NodeNetwork;
import dev.fairlead.kubelet.runtime.PodSandbox.ExecResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/** Carries out the handlers of probes and hooks. Blocks for at most the timeout. */
public final class Prober {
  private static final int PORT_MAX = 65_535;

  private final NodeNetwork network;

  /**
   * A prober.
   *
   * @param network sockets are opened in the node's namespace
   */
  public Prober(NodeNetwork network) {
    this.network = network;
  }

  /** Asks once. Never throws for what the container does. */
  public Answer ask(Handler handler, ProbeTarget target, Duration timeout)
      throws InterruptedException {
    try {
      return switch (handler) {
        case Handler.Exec exec -> exec(exec, target, timeout);
        case Handler.HttpGet get -> http(get, target, timeout, Prober::fine);
        case Handler.TcpSocket tcp ->
            connect(host(tcp.host(), target), port(tcp.port(), target.container()), timeout);
        case Handler.Grpc grpc -> new GrpcProbe(network, timeout).check(grpc, target.podIp());
        case Handler.Sleep sleep -> {
          Thread.sleep(sleep.duration());
          yield Answer.success("");
        }
      };
    } catch (IOException | IllegalArgumentException e) {
      return Answer.error(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Runs a lifecycle hook, which is more easily content than a probe: any HTTP answer will do. A
   * {@code tcpSocket} is accepted by the API and fails here, as upstream has it. The message of a
   * failure says what upstream's says after {@code failed -}.
   */
  public Answer hook(Handler handler, ProbeTarget target, Duration timeout)
      throws InterruptedException {
    return switch (handler) {
      case Handler.TcpSocket tcp -> Answer.error("invalid handler: tcpSocket");
      case Handler.HttpGet get -> http(get, target, timeout, code -> true);
      case Handler.Exec exec -> hook(exec, target, timeout);
      case Handler.Grpc grpc -> ask(grpc, target, timeout);
      case Handler.Sleep sleep -> ask(sleep, target, timeout);
    };
  }

  private static Answer hook(Handler.Exec exec, ProbeTarget target, Duration timeout)
      throws InterruptedException {
    String command = String.join(" ", exec.command());
    try {
      ExecResult result = target.sandbox().exec(target.spec(), exec.command(), timeout);
      return result.exitCode() == 0
          ? Answer.success(result.output())
          : Answer.failure(
              "error: command '%s' exited with %d: %s, message: %s"
                  .formatted(
                      command, result.exitCode(), result.output(), GoQuote.of(result.output())));
    } catch (TimeoutException e) {
      return Answer.failure(
          "error: command %s timed out, message: \"\"".formatted(GoQuote.of(command)));
    } catch (IOException e) {
      return Answer.error("error: %s, message: \"\"".formatted(e.getMessage()));
    }
  }

  private Answer http(
      Handler.HttpGet get, ProbeTarget target, Duration timeout, IntPredicate content) {
    try {
      return new HttpProbe(network, timeout, content)
          .get(get, host(get.host(), target), port(get.port(), target.container()));
    } catch (IllegalArgumentException e) {
      return Answer.error(String.valueOf(e.getMessage()));
    }
  }

  private static boolean fine(int code) {
    return code >= 200 && code < 400;
  }

  private static Answer exec(Handler.Exec exec, ProbeTarget target, Duration timeout)
      throws IOException, InterruptedException {
    try {
      ExecResult result = target.sandbox().exec(target.spec(), exec.command(), timeout);
      return new Answer(result.exitCode() == 0, result.output(), true);
    } catch (TimeoutException e) {
      return Answer.failure("command \"%s\" timed out".formatted(String.join(" ", exec.command())));
    }
  }

  private Answer connect(String host, int port, Duration timeout) throws IOException {
    try (SocketChannel channel = network.openSocket()) {
      open(channel, host, port, timeout);
      return Answer.success("");
    } catch (IOException e) {
      return Answer.failure(dial(host, port, e));
    }
  }

  /** Connects. Host names are not resolved: probes go to addresses. */
  static void open(SocketChannel channel, String host, int port, Duration timeout)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(host), port);
    channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
  }

  /** What went wrong with a connection, in upstream's words. */
  static String dial(String host, int port, IOException e) {
    String why =
        switch (e) {
          case SocketTimeoutException timeout -> "i/o timeout";
          case NoRouteToHostException noRoute -> "connect: no route to host";
          default -> "connect: " + reason(String.valueOf(e.getMessage()));
        };
    return "dial tcp %s:%d: %s".formatted(host, port, why);
  }

  private static String reason(String message) {
    return message.contains("refused") ? "connection refused" : message;
  }

  private static String host(String asked, ProbeTarget target) {
    return asked.isEmpty() ? target.podIp() : asked;
  }

  private static int port(String asked, Container container) {
    for (Container.Port port : container.ports()) {
      if (port.name().equals(asked)) {
        return port.containerPort();
      }
    }
    try {
      int number = Integer.parseInt(asked);
      if (number >= 1 && number <= PORT_MAX) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("couldn't find port: \"" + asked + "\"", e);
    }
    throw new IllegalArgumentException("invalid port number: " + asked);
  }
}
