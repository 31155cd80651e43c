package dev.fairlead.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Listing;
import dev.fairlead.api.Patch;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ListTest {
  private static final Target MAPS = Target.collection(Kinds.CONFIG_MAP, "default");
  @AutoClose private final Bench bench = new Bench();

  @Test
  void pagesShowOneRevision() {
    maps(7);
    Listing page = list("", "", "", 3, "");
    assertThat(page.remainingItemCount()).isEqualTo(4);
    maps2();
    List<String> names = new ArrayList<>(names(page));
    while (!page.continueToken().isEmpty()) {
      Listing next = list("", "", "", 3, page.continueToken());
      assertThat(next.resourceVersion()).isEqualTo(page.resourceVersion());
      names.addAll(names(next));
      page = next;
    }
    assertThat(names).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
  }

  @Test
  void selectorsFillPagesAndHideTheCount() {
    maps(7);
    Listing page = list("odd=true", "", "", 2, "");
    assertThat(names(page)).containsExactly("m1", "m3");
    assertThat(page.remainingItemCount()).isNull();
    assertThat(names(list("odd=true", "", "", 2, page.continueToken()))).containsExactly("m5");
  }

  @Test
  void expiredPageIsGone() {
    maps(4);
    Listing page = list("", "", "", 2, "");
    maps2();
    bench.timers.advance(Duration.ofMinutes(5));
    maps3();
    bench.timers.advance(Duration.ofMinutes(5));
    ApiException expired =
        catchThrowableOfType(ApiException.class, () -> list("", "", "", 2, page.continueToken()));
    assertThat(expired.isExpired()).isTrue();
    assertThat(expired)
        .hasMessageStartingWith(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token");
    // Going on anyway shows the rest as it is now, from one revision on.
    Listing rest = list("", "", "", 2, expired.continueToken());
    assertThat(names(rest)).containsExactly("m1a", "m1b");
    assertThat(Long.parseLong(rest.resourceVersion()))
        .isGreaterThan(Long.parseLong(page.resourceVersion()));
  }

  @Test
  void revisionsAsAsked() {
    maps(2);
    String then = list("", "", "", 0, "").resourceVersion();
    maps2();
    assertThat(list("", then, "Exact", 0, "").items()).hasSize(2);
    // Not older than the first two: the third may or may not have reached the cache yet.
    assertThat(list("", then, "NotOlderThan", 0, "").items()).hasSizeBetween(2, 3);
    assertThat(list("", "", "", 0, "").items()).hasSize(3);
    assertThatThrownBy(() -> list("", "99999", "", 0, ""))
        .hasMessageStartingWith("Timeout: Too large resource version: 99999, current: ")
        .matches(e -> ((ApiException) e).code() == 504);
    assertThatThrownBy(() -> list("", "", "", 0, "nonsense!"))
        .matches(e -> ((ApiException) e).code() == 400);
  }

  @Test
  void patchRetriesAndKeepsTheRest() {
    maps(1);
    Document patched =
        bench.registry.patch(
            Target.object(Kinds.CONFIG_MAP, "default", "m0"),
            new Patch(Patch.Type.MERGE, Bench.document("{data: {a: b}}").tree()),
            WriteOptions.NONE);
    assertThat(Bench.text(patched, "/data")).isEqualTo("{\"a\":\"b\"}");
    assertThat(patched.meta().labels()).containsEntry("odd", "false");
  }

  private void maps(int count) {
    for (int i = 0; i < count; i++) {
      map("m" + i, i % 2 == 1);
    }
  }

  private void maps2() {
    map("m1a", false);
  }

  private void maps3() {
    map("m1b", false);
  }

  private void map(String name, boolean odd) {
    bench.create(
        Kinds.CONFIG_MAP,
        "default",
        "{metadata: {name: %s, labels: {odd: '%s'}}}".formatted(name, odd));
  }

  private Listing list(String labels, String version, String match, int limit, String token) {
    return bench.registry.list(MAPS, new ListOptions(labels, "", version, match, limit, token));
  }

  private static List<String> names(Listing listing) {
    return listing.items().stream().map(Document::name).toList();
  }
}
