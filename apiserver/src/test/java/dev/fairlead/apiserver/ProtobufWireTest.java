package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Policy;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every verb in the binary form, with the official Java client's messages at the other end. */
@Timeout(60)
class ProtobufWireTest {
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  @AutoClose private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
  }

  @Test
  void anObjectLivesThroughEveryVerb() throws Exception {
    HttpResponse<byte[]> created = send("POST", MAPS, "v1", "ConfigMap", map("one", "x", "1"));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("content-type")).hasValue(PROTOBUF);
    V1.ConfigMap stored = V1.ConfigMap.parseFrom(raw(created.body(), "v1", "ConfigMap"));
    assertThat(stored.getDataMap()).containsEntry("x", "1");
    assertThat(stored.getMetadata().getCreationTimestamp().getSeconds()).isPositive();

    V1.ConfigMap changed = stored.toBuilder().putData("x", "").build();
    assertThat(send("PUT", MAPS + "/one", "v1", "ConfigMap", changed).statusCode()).isEqualTo(200);
    V1.ConfigMap read =
        V1.ConfigMap.parseFrom(raw(get(MAPS + "/one", PROTOBUF).body(), "v1", "ConfigMap"));
    assertThat(read.getDataMap()).containsEntry("x", "");

    byte[] list = get(MAPS + "?fieldSelector=metadata.name%3Done", PROTOBUF).body();
    V1.ConfigMapList items = V1.ConfigMapList.parseFrom(raw(list, "v1", "ConfigMapList"));
    assertThat(items.getItemsList()).containsExactly(read);
    assertThat(items.getMetadata().getResourceVersion()).isNotEmpty();

    Meta.DeleteOptions wrong =
        Meta.DeleteOptions.newBuilder()
            .setPreconditions(Meta.Preconditions.newBuilder().setUid("other"))
            .build();
    HttpResponse<byte[]> refused = send("DELETE", MAPS + "/one", "v1", "DeleteOptions", wrong);
    assertThat(refused.statusCode()).isEqualTo(409);
    Meta.Status conflict = Meta.Status.parseFrom(raw(refused.body(), "v1", "Status"));
    assertThat(conflict.getReason()).isEqualTo("Conflict");
    assertThat(conflict.getCode()).isEqualTo(409);
    HttpResponse<byte[]> deleted =
        send(
            "DELETE",
            MAPS + "/one",
            "v1",
            "DeleteOptions",
            Meta.DeleteOptions.newBuilder().build());
    assertThat(Meta.Status.parseFrom(raw(deleted.body(), "v1", "Status")).getStatus())
        .isEqualTo("Success");
  }

  @Test
  void aWatchIsFramesOfSharedObjects() throws Exception {
    send("POST", MAPS, "v1", "ConfigMap", map("watched", "x", "1"));
    String path = MAPS + "?watch=1&fieldSelector=metadata.name%3Dwatched&timeoutSeconds=30";
    HttpResponse<InputStream> watch =
        server
            .client()
            .send(
                server.request(path).header("Accept", PROTOBUF + ";stream=watch").build(),
                BodyHandlers.ofInputStream());
    assertThat(watch.headers().firstValue("content-type")).hasValue(PROTOBUF + ";stream=watch");
    try (DataInputStream frames = new DataInputStream(watch.body())) {
      assertThat(event(frames, "ADDED").getDataMap()).containsEntry("x", "1");
      send("PUT", MAPS + "/watched", "v1", "ConfigMap", map("watched", "x", "2"));
      assertThat(event(frames, "MODIFIED").getDataMap()).containsEntry("x", "2");
      send(
          "DELETE",
          MAPS + "/watched",
          "v1",
          "DeleteOptions",
          Meta.DeleteOptions.newBuilder().build());
      assertThat(event(frames, "DELETED").getMetadata().getName()).isEqualTo("watched");
    }
  }

  @Test
  void aWatchFromTooLongAgoEndsWithAnErrorInItsOwnEncoding() throws Exception {
    HttpResponse<byte[]> refused = get(MAPS + "?watch=1&resourceVersion=x", PROTOBUF);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Meta.Status.parseFrom(raw(refused.body(), "v1", "Status")).getReason())
        .isEqualTo("BadRequest");
  }

  @Test
  void scaleAndMetadataHaveBinaryFormsToo() throws Exception {
    String deployments = "/apis/apps/v1/namespaces/default/deployments";
    V1.Container container = V1.Container.newBuilder().setName("a").setImage("b").build();
    V1.PodTemplateSpec pod =
        V1.PodTemplateSpec.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder().putLabels("app", "a"))
            .setSpec(V1.PodSpec.newBuilder().addContainers(container))
            .build();
    V1Apps.Deployment deployment =
        V1Apps.Deployment.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder().setName("d"))
            .setSpec(
                V1Apps.DeploymentSpec.newBuilder()
                    .setReplicas(0)
                    .setSelector(Meta.LabelSelector.newBuilder().putMatchLabels("app", "a"))
                    .setTemplate(pod))
            .build();
    HttpResponse<byte[]> created = send("POST", deployments, "apps/v1", "Deployment", deployment);
    V1Apps.Deployment stored =
        V1Apps.Deployment.parseFrom(raw(created.body(), "apps/v1", "Deployment"));
    assertThat(stored.getSpec().getReplicas()).isZero();
    assertThat(stored.getSpec().hasReplicas()).isTrue();
    V1Autoscaling.Scale scale =
        V1Autoscaling.Scale.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder().setName("d").setNamespace("default"))
            .setSpec(V1Autoscaling.ScaleSpec.newBuilder().setReplicas(3))
            .build();
    HttpResponse<byte[]> scaled =
        send("PUT", deployments + "/d/scale", "autoscaling/v1", "Scale", scale);
    assertThat(
            V1Autoscaling.Scale.parseFrom(raw(scaled.body(), "autoscaling/v1", "Scale"))
                .getSpec()
                .getReplicas())
        .isEqualTo(3);
    String metadata = PROTOBUF + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    byte[] list = get(deployments, metadata).body();
    assertThat(
            Meta.PartialObjectMetadataList.parseFrom(
                    raw(list, "meta.k8s.io/v1", "PartialObjectMetadataList"))
                .getItems(0)
                .getMetadata()
                .getName())
        .isEqualTo("d");
  }

  @Test
  void subresourcesThatOnlyCreateTakeTheBinaryFormToo() throws Exception {
    Meta.ObjectMeta name = Meta.ObjectMeta.newBuilder().setName("p").build();
    V1.Container container = V1.Container.newBuilder().setName("a").setImage("b").build();
    V1.Pod pod =
        V1.Pod.newBuilder()
            .setMetadata(name)
            .setSpec(V1.PodSpec.newBuilder().addContainers(container))
            .build();
    String pods = "/api/v1/namespaces/default/pods";
    assertThat(send("POST", pods, "v1", "Pod", pod).statusCode()).isEqualTo(201);
    V1.Binding binding =
        V1.Binding.newBuilder()
            .setMetadata(name)
            .setTarget(V1.ObjectReference.newBuilder().setKind("Node").setName("n"))
            .build();
    succeeds(send("POST", pods + "/p/binding", "v1", "Binding", binding));
    V1.Pod bound = V1.Pod.parseFrom(raw(get(pods + "/p", PROTOBUF).body(), "v1", "Pod"));
    assertThat(bound.getSpec().getNodeName()).isEqualTo("n");
    V1Policy.Eviction eviction = V1Policy.Eviction.newBuilder().setMetadata(name).build();
    succeeds(send("POST", pods + "/p/eviction", "policy/v1", "Eviction", eviction));

    String accounts = "/api/v1/namespaces/default/serviceaccounts";
    V1.ServiceAccount account = V1.ServiceAccount.newBuilder().setMetadata(name).build();
    send("POST", accounts, "v1", "ServiceAccount", account);
    V1Authentication.TokenRequest request =
        V1Authentication.TokenRequest.newBuilder()
            .setSpec(V1Authentication.TokenRequestSpec.newBuilder().setExpirationSeconds(600))
            .build();
    String version = "authentication.k8s.io/v1";
    HttpResponse<byte[]> answer =
        send("POST", accounts + "/p/token", version, "TokenRequest", request);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(
            V1Authentication.TokenRequest.parseFrom(raw(answer.body(), version, "TokenRequest"))
                .getStatus()
                .getToken())
        .contains(".");
  }

  @Test
  void fieldsOfNewerVersionsAreSkipped() throws Exception {
    V1.Container container = V1.Container.newBuilder().setName("a").setImage("b").build();
    V1.Pod pod =
        V1.Pod.newBuilder()
            .setMetadata(Meta.ObjectMeta.newBuilder().setName("newer"))
            .setSpec(
                V1.PodSpec.newBuilder().addContainers(container).setHostnameOverride("newer.name"))
            .build();
    String pods = "/api/v1/namespaces/default/pods?fieldValidation=Strict";
    HttpResponse<byte[]> created = send("POST", pods, "v1", "Pod", pod);
    assertThat(created.statusCode()).isEqualTo(201);
    V1.PodSpec stored = V1.Pod.parseFrom(raw(created.body(), "v1", "Pod")).getSpec();
    assertThat(stored.getContainers(0).getImage()).isEqualTo("b");
    assertThat(stored.hasHostnameOverride()).isFalse();
  }

  private static void succeeds(HttpResponse<byte[]> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(Meta.Status.parseFrom(raw(answer.body(), "v1", "Status")).getStatus())
        .isEqualTo("Success");
  }

  @Test
  void discoveryIsServedTooAndTablesAreNot() throws Exception {
    byte[] groups = get("/apis", PROTOBUF).body();
    assertThat(Meta.APIGroupList.parseFrom(raw(groups, "v1", "APIGroupList")).getGroupsList())
        .anyMatch(group -> group.getName().equals("apps"));
    byte[] versions = get("/api", PROTOBUF).body();
    assertThat(Meta.APIVersions.parseFrom(raw(versions, "v1", "APIVersions")).getVersionsList())
        .containsExactly("v1");
    byte[] resources = get("/api/v1", PROTOBUF).body();
    assertThat(
            Meta.APIResourceList.parseFrom(raw(resources, "v1", "APIResourceList"))
                .getResourcesList())
        .anyMatch(each ->
            each.getName().equals("pods") && each.getVerbs().getItemsList().contains("list"));
    String table = PROTOBUF + ";as=Table;g=meta.k8s.io;v=v1";
    assertThat(get(MAPS, table).statusCode()).isEqualTo(406);
    assertThat(get(MAPS, table + ",application/json").headers().firstValue("content-type"))
        .hasValue("application/json");
  }

  private static V1.ConfigMap map(String name, String key, String value) {
    return V1.ConfigMap.newBuilder()
        .setMetadata(Meta.ObjectMeta.newBuilder().setName(name))
        .putData(key, value)
        .build();
  }

  private static V1.ConfigMap event(DataInputStream frames, String type) throws Exception {
    byte[] frame = frames.readNBytes(frames.readInt());
    Meta.WatchEvent event = Meta.WatchEvent.parseFrom(frame);
    assertThat(event.getType()).isEqualTo(type);
    return V1.ConfigMap.parseFrom(raw(event.getObject().getRaw().toByteArray(), "v1", "ConfigMap"));
  }

  private static HttpResponse<byte[]> get(String path, String accept) throws Exception {
    return server
        .client()
        .send(server.request(path).header("Accept", accept).build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> send(
      String method, String path, String apiVersion, String kind, Message body) throws Exception {
    Runtime.Unknown unknown =
        Runtime.Unknown.newBuilder()
            .setTypeMeta(Runtime.TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
            .setRaw(body.toByteString())
            .setContentEncoding("")
            .setContentType("")
            .build();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {'k', '8', 's', 0});
    unknown.writeTo(all);
    return server
        .client()
        .send(
            server
                .request(path)
                .header("Content-Type", PROTOBUF)
                .header("Accept", PROTOBUF)
                .method(method, BodyPublishers.ofByteArray(all.toByteArray()))
                .build(),
            BodyHandlers.ofByteArray());
  }

  private static byte[] raw(byte[] envelope, String apiVersion, String kind) throws Exception {
    assertThat(envelope).startsWith('k', '8', 's', 0);
    Runtime.Unknown unknown =
        Runtime.Unknown.parseFrom(Arrays.copyOfRange(envelope, 4, envelope.length));
    assertThat(unknown.getTypeMeta().getApiVersion()).isEqualTo(apiVersion);
    assertThat(unknown.getTypeMeta().getKind()).isEqualTo(kind);
    return unknown.getRaw().toByteArray();
  }
}
