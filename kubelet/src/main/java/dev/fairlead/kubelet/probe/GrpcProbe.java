package dev.fairlead.kubelet.probe;

import dev.fairlead.api.view.Handler;
import dev.fairlead.http.grpc.GrpcCode;
import dev.fairlead.http.grpc.GrpcConnection;
import dev.fairlead.http.grpc.GrpcReply;
import dev.fairlead.kubelet.GoDuration;
import dev.fairlead.kubelet.network.NodeNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks {@code grpc.health.v1.Health/Check} over a connection of its own without TLS, whose socket
 * is opened in the node's namespace (upstream: {@code pkg/probe/grpc}). A connection that is
 * refused is not tried again within the timeout, as upstream does: the probe's own period does
 * that.
 */
final class GrpcProbe {
  private static final String CHECK = "/grpc.health.v1.Health/Check";

  private final NodeNetwork network;
  private final Duration timeout;

  GrpcProbe(NodeNetwork network, Duration timeout) {
    this.network = network;
    this.timeout = timeout;
  }

  Answer check(Handler.Grpc probe, String host) {
    String address = host + ":" + probe.port();
    long deadline = System.nanoTime() + timeout.toNanos();
    try (SocketChannel channel = network.openSocket()) {
      Prober.open(channel, host, probe.port(), timeout);
      try (GrpcConnection connection = GrpcConnection.open(channel.socket(), deadline)) {
        return verdict(connection.call(address, CHECK, HttpProbe.AGENT, request(probe.service())));
      }
    } catch (IOException e) {
      return Answer.failure(
          "timeout: failed to connect service \"%s\" within %s: context deadline exceeded"
              .formatted(address, GoDuration.of(timeout)));
    }
  }

  private Answer verdict(GrpcReply reply) {
    return switch (reply.code()) {
      case GrpcCode.OK -> status(reply.message());
      case GrpcCode.UNIMPLEMENTED ->
          Answer.failure(
              "error: this server does not implement the grpc health protocol"
                  + " (grpc.health.v1.Health): "
                  + reply.text());
      case GrpcCode.DEADLINE_EXCEEDED ->
          Answer.failure("timeout: health rpc did not complete within " + GoDuration.of(timeout));
      default ->
          Answer.failure(
              "error: health rpc probe failed: rpc error: code = %s desc = %s"
                  .formatted(GrpcCode.name(reply.code()), reply.text()));
    };
  }

  private static Answer status(byte[] message) {
    HealthStatus status = HealthStatus.read(message);
    return status.serving()
        ? Answer.success("service healthy")
        : Answer.failure("service unhealthy (responded with \"%s\")".formatted(status.name()));
  }

  /** A {@code HealthCheckRequest}: field 1 is the service's name, left out when empty. */
  private static byte[] request(String service) {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (name.length > 0) {
      out.write((1 << 3) | 2);
      for (int rest = name.length; ; rest >>>= 7) {
        if (rest < 0x80) {
          out.write(rest);
          break;
        }
        out.write((rest & 0x7f) | 0x80);
      }
      out.writeBytes(name);
    }
    return out.toByteArray();
  }
}
