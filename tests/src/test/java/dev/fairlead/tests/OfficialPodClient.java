package dev.fairlead.tests;

import io.kubernetes.client.Attach;
import io.kubernetes.client.Attach.AttachResult;
import io.kubernetes.client.Copy;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.PortForward.PortForwardResult;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The official Java client. */
final class OfficialPodClient implements PodClient {
  private static final String NAMESPACE = "default";
  private final ApiClient client;

  OfficialPodClient(String kubeconfig) throws IOException {
    client =
        ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig))).build();
    client.setReadTimeout(0);
  }

  @Override
  public CommandResult exec(String pod, String container, String input, String... command)
      throws Exception {
    Process process =
        new Exec(client)
            .newExecutionBuilder(NAMESPACE, pod, command)
            .setContainer(container)
            .setStdin(!input.isEmpty())
            .execute();
    CompletableFuture<String> out = Outer.read(process.getInputStream());
    CompletableFuture<String> err = Outer.read(process.getErrorStream());
    if (!input.isEmpty()) {
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    }
    int code = process.waitFor();
    return new CommandResult(List.of(command), code, out.join(), err.join());
  }

  @Override
  public Conversation attach(String pod) throws Exception {
    AttachResult attached =
        new Attach(client)
            .newConnectionBuilder(NAMESPACE, pod)
            .setStdin(true)
            .setStdout(true)
            .connect();
    return new Conversation(
        attached.getStandardInputStream(), attached.getStandardOutputStream(), attached);
  }

  @Override
  public String log(String pod) throws Exception {
    return new CoreV1Api(client).readNamespacedPodLog(pod, NAMESPACE).execute();
  }

  @Override
  public InputStream follow(String pod) throws Exception {
    return new PodLogs(client).streamNamespacedPodLog(NAMESPACE, pod, null);
  }

  @Override
  public Conversation forward(String pod, int port) throws Exception {
    PortForwardResult forward = new PortForward(client).forward(NAMESPACE, pod, List.of(port));
    return new Conversation(forward.getOutboundStream(port), forward.getInputStream(port), forward);
  }

  @Override
  public void upload(String pod, byte[] content, Path there) throws Exception {
    new Copy(client).copyFileToPod(NAMESPACE, pod, null, content, there);
  }

  @Override
  public byte[] download(String pod, Path there) throws Exception {
    try (InputStream file = new Copy(client).copyFileFromPod(NAMESPACE, pod, there.toString())) {
      return file.readAllBytes();
    }
  }

  @Override
  public void close() {
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }

  @Override
  public String toString() {
    return "official";
  }
}
