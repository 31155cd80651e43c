package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stranger over TLS: the official Java client, typed and dynamic. */
@Timeout(120)
class OfficialClientTest {
  private TestServer server;
  private ApiClient client;
  private CoreV1Api core;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
    client =
        ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(server.kubeconfig())))
            .build();
    client.setReadTimeout(0);
    core = new CoreV1Api(client);
  }

  @AfterEach
  void stop() {
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
    server.close();
  }

  @Test
  void writesReadsAndRefusals() throws Exception {
    V1ConfigMap made = core.createNamespacedConfigMap("default", configMap("a", "1")).execute();
    made.putDataItem("k", "2");
    core.replaceNamespacedConfigMap("a", "default", made).execute();
    assertThatThrownBy(() -> core.replaceNamespacedConfigMap("a", "default", made).execute())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(core.readNamespacedConfigMap("a", "default").execute().getData())
        .isEqualTo(Map.of("k", "2"));
    assertThat(core.listNamespacedConfigMap("default").labelSelector("app=a").execute().getItems())
        .hasSize(1);
    core.deleteNamespacedConfigMap("a", "default").execute();
    assertThatThrownBy(() -> core.readNamespacedConfigMap("a", "default").execute())
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  @Test
  void appliesOnTheServersSide() throws Exception {
    AppsV1Api apps = new AppsV1Api(client);
    V1Deployment applied = apply(apps, "one", 1, false);
    assertThat(applied.getSpec().getReplicas()).isEqualTo(1);
    assertThatThrownBy(() -> apply(apps, "two", 2, false))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(409);
              assertThat(e.getResponseBody()).contains("FieldManagerConflict", ".spec.replicas");
            });
    assertThat(apply(apps, "two", 2, true).getSpec().getReplicas()).isEqualTo(2);
  }

  private V1Deployment apply(AppsV1Api apps, String manager, int replicas, boolean force)
      throws ApiException {
    V1Patch patch =
        new V1Patch(
            """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
             "spec": {"replicas": %d, "selector": {"matchLabels": {"app": "web"}},
              "template": {"metadata": {"labels": {"app": "web"}},
               "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
            """
                .formatted(replicas));
    return PatchUtils.patch(
        V1Deployment.class,
        () ->
            apps.patchNamespacedDeployment("web", "default", patch)
                .fieldManager(manager)
                .force(force)
                .buildCall(null),
        V1Patch.PATCH_FORMAT_APPLY_YAML,
        client);
  }

  @Test
  void aWatchTellsWhatHappens() throws Exception {
    String from =
        core.listNamespacedConfigMap("default").execute().getMetadata().getResourceVersion();
    try (Watch<V1ConfigMap> watch =
        Watch.createWatch(
            client,
            core.listNamespacedConfigMap("default")
                .resourceVersion(from)
                .watch(true)
                .buildCall(null),
            new TypeToken<Watch.Response<V1ConfigMap>>() {}.getType())) {
      core.createNamespacedConfigMap("default", configMap("a", "1")).execute();
      core.deleteNamespacedConfigMap("a", "default").execute();
      assertThat(watch.next().type).isEqualTo("ADDED");
      assertThat(watch.next().type).isEqualTo("DELETED");
    }
  }

  @Test
  void anInformerSeesEveryChange() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    core.createNamespacedConfigMap("default", configMap("before", "1")).execute();
    SharedInformerFactory factory = new SharedInformerFactory(client);
    factory
        .sharedIndexInformerFor(
            (CallGeneratorParams params) ->
                core.listNamespacedConfigMap("default")
                    .resourceVersion(params.resourceVersion)
                    .timeoutSeconds(params.timeoutSeconds)
                    .watch(params.watch)
                    .buildCall(null),
            V1ConfigMap.class,
            V1ConfigMapList.class)
        .addEventHandler(handler(seen));
    factory.startAllRegisteredInformers();
    await().until(() -> seen.contains("+before"));
    core.createNamespacedConfigMap("default", configMap("a", "1")).execute();
    core.deleteNamespacedConfigMap("a", "default").execute();
    await().untilAsserted(() -> assertThat(seen).containsExactly("+before", "+a", "-a"));
    factory.stopAllRegisteredInformers();
  }

  private static ResourceEventHandler<V1ConfigMap> handler(List<String> seen) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(V1ConfigMap added) {
        seen.add("+" + added.getMetadata().getName());
      }

      @Override
      public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
        seen.add("~" + after.getMetadata().getName());
      }

      @Override
      public void onDelete(V1ConfigMap deleted, boolean unknown) {
        seen.add("-" + deleted.getMetadata().getName());
      }
    };
  }

  @Test
  void dynamicObjects() throws Exception {
    core.createNamespacedConfigMap("default", configMap("a", "1")).execute();
    DynamicKubernetesApi maps = new DynamicKubernetesApi("", "v1", "configmaps", client);
    assertThat(maps.get("default", "a").throwsApiException().getObject().getRaw().toString())
        .contains("\"k\":\"1\"");
    assertThat(maps.list("default").throwsApiException().getObject().getItems()).hasSize(1);
  }

  private static V1ConfigMap configMap(String name, String value) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().name(name).labels(Map.of("app", name)))
        .data(Map.of("k", value));
  }
}
