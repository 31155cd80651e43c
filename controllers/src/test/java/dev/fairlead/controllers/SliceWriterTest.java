package dev.fairlead.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.codec.Json;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.testing.FakeKubeApi;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The informer hears nothing after its first list: what is known comes from our own writes. */
class SliceWriterTest {
  private static final ObjectKey OWNER = new ObjectKey("default", "web");

  private final FakeKubeApi api = new FakeKubeApi();
  private final LateKind late = new LateKind(api, Kinds.ENDPOINT_SLICE);

  @AutoClose
  private final SharedInformer slices = SharedInformer.builder(late, Kinds.ENDPOINT_SLICE).start();

  private final SliceWriter writer = new SliceWriter(late, slices, new ManagedSlices("us"));

  @BeforeEach
  void create() throws InterruptedException {
    assertThat(slices.awaitSynced(Duration.ofSeconds(30))).isTrue();
    writer.write(OWNER, new SlicePlan(List.of(slice("a"), slice("b")), List.of(), List.of()));
  }

  @Test
  void ownWritesAreKnownAtOnce() {
    Document a = known("a").with(tree -> tree.put("addressType", "IPv6"));
    writer.write(OWNER, new SlicePlan(List.of(), List.of(a), List.of(known("b"))));
    assertThat(writer.of(OWNER)).containsExactly(api.get(target("a")));
    assertThat(known("a").tree().path("addressType").asText()).isEqualTo("IPv6");
    writer.forget(OWNER);
    assertThat(writer.of(OWNER)).isEmpty();
  }

  @Test
  void whatIsGoneAlreadyIsDeleted_andSoIsWhatAnotherOfItsNameReplaced() {
    List<Document> both = writer.of(OWNER);
    both.forEach(
        each -> api.delete(Target.object(Kinds.ENDPOINT_SLICE, each.key()), DeleteOptions.NONE));
    Document other =
        api.create(
            Target.collection(Kinds.ENDPOINT_SLICE, "default"), slice("b"), WriteOptions.NONE);
    writer.write(OWNER, new SlicePlan(List.of(), List.of(), both));
    assertThat(writer.of(OWNER)).isEmpty();
    assertThat(api.get(target("b"))).isEqualTo(other);
  }

  @Test
  void aConflictIsTold_andTheSliceIsNotTakenForOurs() {
    Document mine = known("a");
    Document theirs =
        api.update(
            target("a"), mine.with(tree -> tree.put("addressType", "FQDN")), WriteOptions.NONE);
    Document wanted = mine.with(tree -> tree.put("addressType", "IPv6"));
    assertThatThrownBy(
            () -> writer.write(OWNER, new SlicePlan(List.of(), List.of(wanted), List.of())))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.isConflict()).isTrue());
    assertThat(writer.of(OWNER)).extracting(Document::name).containsExactly("b");
    assertThat(api.get(target("a"))).isEqualTo(theirs);
  }

  private Document known(String name) {
    return writer.of(OWNER).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Target target(String name) {
    return Target.object(Kinds.ENDPOINT_SLICE, "default", name);
  }

  private static Document slice(String name) {
    var tree = Json.object().put("addressType", "IPv4");
    var labels = tree.putObject("metadata").put("name", name).putObject("labels");
    labels.put("kubernetes.io/service-name", "web").put(ManagedSlices.MANAGED_BY_LABEL, "us");
    return Document.of(tree);
  }
}
