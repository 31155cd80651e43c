package dev.fairlead.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnWritesTest {
  private static final ObjectKey OWNER = new ObjectKey("default", "owner");

  private final OwnWrites writes = new OwnWrites();

  /** We wrote revision 5; the informer has come so far and shows this revision, 0 for none. */
  @ParameterizedTest
  @CsvSource({
    "'', 0, 5",
    "4, 0, 5",
    "4, 3, 5",
    "5, 5, 5",
    "7, 7, 7",
    // It came and went, and it does not matter which was told first: that, or what we were
    // answered.
    "6, 0, 0"
  })
  void theNewestIsKnown(String reached, int shown, int known) {
    writes.stored(OWNER, object(5));
    List<Document> seen = shown == 0 ? List.of() : List.of(object(shown));
    assertThat(writes.over(OWNER, reached, seen))
        .extracting(each -> Integer.valueOf(each.meta().resourceVersion()))
        .isEqualTo(known == 0 ? List.of() : List.of(known));
  }

  @Test
  void whatIsDeletedIsGoneUntilTheInformerHasSeenIt() {
    writes.deleted(OWNER, object(5));
    assertThat(writes.over(OWNER, "5", List.of(object(5)))).isEmpty();
    assertThat(writes.over(OWNER, "6", List.of())).isEmpty();
    assertThat(writes.over(OWNER, "6", List.of(object(5)))).hasSize(1);
  }

  private static Document object(int revision) {
    var tree = Json.object();
    tree.putObject("metadata")
        .put("name", "a")
        .put("namespace", "default")
        .put("uid", "u")
        .put("resourceVersion", Integer.toString(revision));
    return Document.of(tree);
  }
}
