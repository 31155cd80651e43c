package dev.fairlead.controllers.garbage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.DeleteOptions.Propagation;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.controllers.garbage.OwnerGraph.Item;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Deletion of what is owned, over the real registry. */
@Timeout(60)
class GarbageCollectorTest {
  @AutoClose private final RegistryFixture cluster = new RegistryFixture("garbagecollector");

  @ParameterizedTest
  @EnumSource(names = {"BACKGROUND", "FOREGROUND"})
  void aChainGoesWithItsHead(Propagation propagation) {
    Document head = cluster.map("head");
    Document middle = cluster.blocking("middle", head);
    cluster.blocking("tail", middle);
    cluster.delete("head", propagation);
    await().until(() -> cluster.names(Kinds.CONFIG_MAP, "default").isEmpty());
  }

  @Test
  void withoutAPolicyDependentsGoInTheBackground() {
    cluster.map("dependent", cluster.map("owner"));
    cluster.delete("owner", null);
    assertThat(cluster.absent("owner")).isTrue();
    await().until(() -> cluster.absent("dependent"));
  }

  @Test
  void orphansLoseTheReferenceAndStay() {
    Document owner = cluster.map("owner");
    Document second = cluster.map("second");
    cluster.map("dependent", owner, second);
    cluster.delete("owner", Propagation.ORPHAN);
    await().until(() -> cluster.absent("owner"));
    assertThat(cluster.get("dependent").meta().ownerReferences())
        .extracting(reference -> reference.uid())
        .containsExactly(second.meta().uid());
  }

  /** Once the owner is gone, what still names it would be deleted instead of let go. */
  @Test
  void orphansThatNobodyWasToldOfYetAreLetGoToo() {
    try (RegistryFixture other = new RegistryFixture(Kinds.CONFIG_MAP, "garbagecollector")) {
      Document owner = other.create(Kinds.SECRET, "default", "metadata: {name: owner}");
      other.map("dependent", owner);
      delete(other, owner, Propagation.ORPHAN);
      await().until(() -> other.absent(Kinds.SECRET, "default", "owner"));
      assertThat(other.get("dependent").meta().ownerReferences()).isEmpty();
    }
  }

  @Test
  void theForegroundWaitsForThoseThatNobodyWasToldOfYet() {
    try (RegistryFixture other = new RegistryFixture(Kinds.CONFIG_MAP, "garbagecollector")) {
      Document owner = other.create(Kinds.SECRET, "default", "metadata: {name: owner}");
      other.blocking("held", owner);
      delete(other, owner, Propagation.FOREGROUND);
      // What is deleted after the owner goes after the collector has looked at it.
      Document next = other.create(Kinds.SECRET, "default", "metadata: {name: next}");
      delete(other, next, Propagation.FOREGROUND);
      await().until(() -> other.absent(Kinds.SECRET, "default", "next"));
      assertThat(other.absent(Kinds.SECRET, "default", "owner")).isFalse();
      other.tell();
      await().until(() -> other.absent(Kinds.SECRET, "default", "owner"));
      assertThat(other.absent("held")).isTrue();
    }
  }

  /** Its end is told to nobody whose informer never knew it. */
  @Test
  void anOwnerThatNobodyWasToldOfIsAskedForAgain() {
    try (RegistryFixture other = new RegistryFixture(Kinds.SECRET, "garbagecollector")) {
      Document owner = other.create(Kinds.SECRET, "default", "metadata: {name: owner}");
      other.map("dependent", owner);
      Document gone = other.map("gone");
      other.delete("gone", Propagation.BACKGROUND);
      other.map("next", gone);
      await().until(() -> other.absent("next"));
      delete(other, owner, Propagation.BACKGROUND);
      await().until(() -> other.absent("dependent"));
    }
  }

  private static void delete(RegistryFixture cluster, Document object, Propagation propagation) {
    Document _ =
        cluster.registry.delete(
            Target.object(Kinds.SECRET, object.key()),
            new DeleteOptions(null, propagation, "", "", false));
  }

  @Test
  void theForegroundWaitsForThoseThatBlock() {
    Document owner = cluster.map("owner");
    cluster.blocking("held", owner);
    cluster.metadata(Kinds.CONFIG_MAP, "default", "held", "{finalizers: [example.com/hold]}");
    cluster.delete("owner", Propagation.FOREGROUND);
    await().until(() -> cluster.get("held").meta().deleting());
    assertThat(cluster.get("owner").meta().finalizers()).containsExactly("foregroundDeletion");
    cluster.metadata(Kinds.CONFIG_MAP, "default", "held", "{finalizers: null}");
    await().until(() -> cluster.absent("owner") && cluster.absent("held"));
  }

  @Test
  void theForegroundDoesNotWaitForOthers() {
    Document owner = cluster.map("owner");
    cluster.map("held", owner);
    cluster.metadata(Kinds.CONFIG_MAP, "default", "held", "{finalizers: [example.com/hold]}");
    cluster.delete("owner", Propagation.FOREGROUND);
    await().until(() -> cluster.absent("owner"));
    assertThat(cluster.absent("held")).isFalse();
  }

  @Test
  void whoHasAnotherOwnerStays() {
    Document first = cluster.map("first");
    Document second = cluster.map("second");
    cluster.map("shared", first, second);
    cluster.delete("first", Propagation.BACKGROUND);
    await()
        .untilAsserted(() ->
            assertThat(cluster.get("shared").meta().ownerReferences())
                .extracting(reference -> reference.name())
                .containsExactly("second"));
    cluster.delete("second", Propagation.BACKGROUND);
    await().until(() -> cluster.absent("shared"));
  }

  @Test
  void ownersInACircleGoTogether() {
    Document one = cluster.map("one");
    Document two = cluster.blocking("two", one);
    cluster.metadata(
        Kinds.CONFIG_MAP,
        "default",
        "one",
        "{ownerReferences: [%s]}".formatted(RegistryFixture.reference(two, true)));
    cluster.delete("one", Propagation.FOREGROUND);
    await().until(() -> cluster.absent("one") && cluster.absent("two"));
  }

  @Test
  void anOwnerThatNeverWasIsGone() {
    Document owner = cluster.map("owner");
    cluster.delete("owner", Propagation.BACKGROUND);
    cluster.map("late", owner);
    await().until(() -> cluster.absent("late"));
    Document again = cluster.map("owner");
    assertThat(again.meta().uid()).isNotEqualTo(owner.meta().uid());
    cluster.map("stale", owner);
    await().until(() -> cluster.absent("stale"));
  }

  @Test
  void anOwnerInAnotherNamespaceIsNone() {
    Document far = cluster.create(Kinds.SECRET, "other", "metadata: {name: far}");
    // The collector has seen the owner once it has collected what came after it.
    String nobodys =
        "{apiVersion: v1, kind: Secret, name: none, uid: none, blockOwnerDeletion: false}";
    cluster.create(
        Kinds.SECRET, "other", "metadata: {name: next, ownerReferences: [%s]}".formatted(nobodys));
    await().until(() -> cluster.absent(Kinds.SECRET, "other", "next"));
    cluster.map("dependent", far);
    await().until(() -> cluster.absent("dependent"));
    assertThat(cluster.events)
        .contains(
            "dependent Warning OwnerRefInvalidNamespace ownerRef [v1/Secret, namespace: default, name: far, uid: %s] does not exist in namespace \"default\""
                .formatted(far.meta().uid()));
    assertThat(cluster.absent(Kinds.SECRET, "other", "far")).isFalse();
  }

  @Test
  void ownersOfTheClusterOwnWhatIsInNamespaces() {
    Document node = cluster.create(Kinds.NODE, "", "metadata: {name: node-a}");
    cluster.map("of-node", node);
    Document map = cluster.map("map");
    cluster.create(
        Kinds.NODE,
        "",
        "metadata: {name: odd, ownerReferences: [%s]}"
            .formatted(RegistryFixture.reference(map, false)));
    await().until(() -> cluster.events.stream().anyMatch(e -> e.startsWith("odd Warning Owner")));
    cluster.registry.delete(Target.object(Kinds.NODE, "", "node-a"), DeleteOptions.NONE);
    await().until(() -> cluster.absent("of-node"));
    // What is in a namespace owns nothing outside of it, so nobody can say that its owner is gone.
    assertThat(cluster.absent(Kinds.NODE, "", "odd")).isFalse();
  }

  @Test
  void anOwnerOfAKindThatIsNotServedIsLeftToOthers() {
    cluster.create(
        Kinds.CONFIG_MAP,
        "default",
        "metadata: {name: foreign, ownerReferences: [{apiVersion: example.com/v1, kind: Thing, name: t, uid: u}]}");
    cluster.map("gone", cluster.map("owner"));
    cluster.delete("owner", Propagation.BACKGROUND);
    await().until(() -> cluster.absent("gone"));
    assertThat(cluster.absent("foreign")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "default, default, ConfigMap, true",
    "default, other, ConfigMap, false",
    "'', default, Node, true",
    "'', '', Node, true",
    "default, '', ConfigMap, false"
  })
  void whoMayOwnWhom(String ownerNamespace, String namespace, String ownerKind, boolean may) {
    ResourceType ownerType = ownerKind.equals("Node") ? Kinds.NODE : Kinds.CONFIG_MAP;
    ResourceType type = namespace.isEmpty() ? Kinds.NODE : Kinds.CONFIG_MAP;
    assertThat(item(ownerType, ownerNamespace, "o").mayOwn(item(type, namespace, "d")))
        .isEqualTo(may);
  }

  /** Kinds are read side by side: nobody knows which of two objects is seen first. */
  @Test
  void whoIsSeenBeforeAnOwnerThatMayNotOwnItIsLookedAtAgain() {
    String owners = ", ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: o, uid: u-o}]";
    Item dependent = item(Kinds.NODE, "", "d", owners);
    OwnerGraph graph = new OwnerGraph();
    assertThat(graph.put(dependent)).containsExactly("u-d");
    assertThat(graph.put(item(Kinds.CONFIG_MAP, "default", "o"))).containsExactly("u-d");
    assertThat(graph.put(item(Kinds.CONFIG_MAP, "default", "o"))).isEmpty();
  }

  private static Item item(ResourceType type, String namespace, String name) {
    return item(type, namespace, name, "");
  }

  private static Item item(ResourceType type, String namespace, String name, String more) {
    String yaml =
        "metadata: {name: %s, namespace: '%s', uid: u-%s%s}".formatted(name, namespace, name, more);
    return Item.of(type, Document.of(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8))));
  }
}
