package dev.fairlead.tests;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The fabric8 client. */
final class Fabric8PodClient implements PodClient {
  private final KubernetesClient client;

  Fabric8PodClient(String kubeconfig) {
    client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  private PodResource pod(String name) {
    return client.pods().inNamespace("default").withName(name);
  }

  @Override
  public CommandResult exec(String pod, String container, String input, String... command)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ContainerResource where = container == null ? pod(pod) : pod(pod).inContainer(container);
    try (ExecWatch watch =
        (input.isEmpty() ? where : where.redirectingInput())
            .writingOutput(out)
            .writingError(err)
            .exec(command)) {
      if (!input.isEmpty()) {
        watch.getInput().write(input.getBytes(StandardCharsets.UTF_8));
        watch.getInput().flush();
      }
      int code = watch.exitCode().get(60, TimeUnit.SECONDS);
      return new CommandResult(
          List.of(command),
          code,
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public Conversation attach(String pod) {
    ExecWatch watch = pod(pod).redirectingInput().redirectingOutput().attach();
    return new Conversation(watch.getInput(), watch.getOutput(), watch);
  }

  @Override
  public String log(String pod) {
    return pod(pod).getLog();
  }

  @Override
  public InputStream follow(String pod) {
    return pod(pod).watchLog().getOutput();
  }

  @Override
  public Conversation forward(String pod, int port) throws IOException {
    LocalPortForward forward = pod(pod).portForward(port);
    Socket socket = new Socket(forward.getLocalAddress(), forward.getLocalPort());
    return new Conversation(
        socket.getOutputStream(),
        socket.getInputStream(),
        () -> {
          socket.close();
          forward.close();
        });
  }

  /** What the client is told when nobody listens at this port. */
  String refusal(String pod, int port) throws IOException {
    try (LocalPortForward forward = pod(pod).portForward(port);
        Socket socket = new Socket(forward.getLocalAddress(), forward.getLocalPort())) {
      socket.getInputStream().readAllBytes();
      await().until(forward::errorOccurred);
      return forward.getServerThrowables().toString();
    }
  }

  @Override
  public void upload(String pod, byte[] content, Path there) {
    if (!pod(pod).file(there.toString()).upload(new ByteArrayInputStream(content))) {
      throw new AssertionError("no upload to " + there);
    }
  }

  @Override
  public byte[] download(String pod, Path there) throws IOException {
    // Its stream does not bear reads of nothing, which readAllBytes makes.
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (InputStream file = pod(pod).file(there.toString()).read()) {
      file.transferTo(content);
    }
    return content.toByteArray();
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "fabric8";
  }
}
