package dev.fairlead.kubelet.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.view.Pod;
import dev.fairlead.kubelet.environment.PodFacts;
import dev.fairlead.kubelet.volume.Volume.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectorTest {
  /** One ConfigMap {@code m}, one Secret {@code s}, and a token that says for whom it is. */
  private static final VolumeObjects OBJECTS =
      new VolumeObjects() {
        @Override
        public @Nullable Map<String, byte[]> data(boolean secret, String name) {
          return switch (name) {
            case "m" -> Map.of("k", bytes("v"), "other", bytes("w"));
            case "s" -> Map.of("k", new byte[] {0, (byte) 0xff});
            default -> null;
          };
        }

        @Override
        public String token(Projection.Token wanted) throws VolumeException {
          if (wanted.audience().equals("nobody")) {
            throw new VolumeException("failed to fetch token: no");
          }
          return "token for " + wanted.audience();
        }
      };

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(String text) {
    return Json.tree(("{'v':" + text + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .path("v");
  }

  private static Map<String, ProjectedFile> files(String volume, @Nullable Long fsGroup)
      throws VolumeException {
    Pod pod =
        Pod.of(
            Document.of(
                Json.tree(
                    bytes(
                        ("{'metadata':{'name':'p','namespace':'n','labels':{'b':'1','a':'x y'}},"
                                + "'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'1500m'}}}]}}")
                            .replace('\'', '"')))));
    PodFacts facts =
        new PodFacts(
            pod, "", "", Map.of("cpu", Quantity.of(4), "memory", Quantity.ofBytes(3L << 20)));
    Volume read = VolumeReader.read(json("[" + volume + "]")).getFirst();
    return new Projector(facts, OBJECTS, fsGroup).files((Source.Projected) read.source());
  }

  private static String text(Map<String, ProjectedFile> files) {
    Map<String, String> result = new TreeMap<>();
    files.forEach((path, file) ->
        result.put(
            path,
            new String(file.data(), StandardCharsets.UTF_8)
                + " "
                + Integer.toOctalString(file.mode())));
    return result.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'configMap':{'name':'m'}} | {k=v 644, other=w 644}",
        "{'configMap':{'name':'m','defaultMode':256}} | {k=v 400, other=w 400}",
        "{'configMap':{'name':'m','items':[{'key':'k','path':'a/./b','mode':448}]}} | {a/b=v 700}",
        "{'configMap':{'name':'m','optional':true,'items':[{'key':'none','path':'a'}]}} | {}",
        "{'configMap':{'name':'none','optional':true}} | {}",
        "{'downwardAPI':{'items':[{'path':'l','fieldRef':{'fieldPath':'metadata.labels'}}]}} | {l=a=\"x y\"\\nb=\"1\" 644}",
        "{'downwardAPI':{'items':[{'path':'c','resourceFieldRef':{'containerName':'c','resource':'limits.cpu'}}]}} | {c=2 644}",
        "{'downwardAPI':{'items':[{'path':'c','resourceFieldRef':{'containerName':'c','resource':'limits.cpu','divisor':'1m'}}]}} | {c=1500 644}",
        "{'downwardAPI':{'items':[{'path':'m','resourceFieldRef':{'containerName':'c','resource':'limits.memory','divisor':'1Mi'}}]}} | {m=3 644}",
        "{'projected':{'sources':[{'serviceAccountToken':{'path':'t','audience':'a'}},{'configMap':{'name':'m','items':[{'key':'k','path':'t'}]}}]}} | {t=v 644}",
      })
  void filesOf(String volume, String expected) throws VolumeException {
    assertThat(text(files(volume, null))).isEqualTo(expected.replace("\\n", "\n"));
  }

  @Test
  void secretsKeepTheirBytes() throws VolumeException {
    assertThat(files("{'secret':{'secretName':'s'}}", null).get("k"))
        .isEqualTo(new ProjectedFile(new byte[] {0, (byte) 0xff}, 0644));
  }

  @Test
  void aGroupMayRead() throws VolumeException {
    assertThat(
            text(
                files(
                    "{'projected':{'defaultMode':256,'sources':[{'serviceAccountToken':{'path':'t'}},"
                        + "{'secret':{'name':'s','items':[{'key':'k','path':'x','mode':384}]}}]}}",
                    7L)))
        .contains("t=token for  640")
        .contains(" 640");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'configMap':{'name':'none'}} | configmap \"none\" not found",
        "{'secret':{'secretName':'none'}} | secret \"none\" not found",
        "{'configMap':{'name':'m','items':[{'key':'x','path':'a'}]}} | configmap references non-existent config key: x",
        "{'secret':{'secretName':'s','items':[{'key':'x','path':'a'}]}} | references non-existent secret key: x",
        "{'projected':{'sources':[{'secret':{'name':'none'}},{'configMap':{'name':'none'}}]}} | [secret \"none\" not found, configmap \"none\" not found]",
        "{'projected':{'sources':[{'serviceAccountToken':{'path':'t','audience':'nobody'}}]}} | failed to fetch token: no",
        "{'downwardAPI':{'items':[{'path':'c','resourceFieldRef':{'containerName':'x','resource':'limits.cpu'}}]}} | container x not found",
        "{'downwardAPI':{'items':[{'path':'c','resourceFieldRef':{'containerName':'c','resource':'limits.gpu'}}]}} | unsupported container resource : limits.gpu",
      })
  void whatIsMissingIsNamed(String volume, String message) {
    assertThatThrownBy(() -> files(volume, null)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "../x", "a/../x", "..x", ""})
  void aPathStaysInTheVolume(String path) {
    assertThatThrownBy(() ->
            files(
                "{'configMap':{'name':'m','items':[{'key':'k','path':'%s'}]}}".formatted(path),
                null))
        .hasMessage("invalid path: must be relative path: " + path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'x','nfs':{}} | spec.volumes[0].nfs",
        "{'name':'x','persistentVolumeClaim':{}} | spec.volumes[0].persistentVolumeClaim",
        "{'name':'x','image':{}} | spec.volumes[0].image",
        "{'name':'x','emptyDir':{'medium':'HugePages'}} | spec.volumes[0].emptyDir.medium HugePages",
        "{'name':'x','projected':{'sources':[{'secret':{}},{'clusterTrustBundle':{}}]}} | spec.volumes[0].projected.sources[1].clusterTrustBundle",
      })
  void whatIsNotSupportedIsNamed(String volume, String field) {
    assertThat(VolumeReader.refused(json("[" + volume + "]")))
        .isEqualTo(new VolumeReader.Refused("x", field));
    assertThat(
            VolumeReader.refused(
                json("[{'name':'a','emptyDir':{'medium':'Memory'}},{'name':'b'}]")))
        .isNull();
  }

  @Test
  void anEmptyListHasNoVolumes() {
    assertThat(VolumeReader.read(json("[]"))).isEqualTo(List.of());
  }
}
