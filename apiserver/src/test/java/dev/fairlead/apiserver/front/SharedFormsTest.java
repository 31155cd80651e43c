package dev.fairlead.apiserver.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Json;
import dev.fairlead.apiserver.front.SharedForms.Form;
import dev.fairlead.apiserver.tables.Tables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedFormsTest {
  private static final Tables.Style ROWS = new Tables.Style("v1", Tables.Include.METADATA, false);
  private final SharedForms shared = new SharedForms();
  private final AtomicInteger made = new AtomicInteger();
  private final Supplier<Document> make =
      () -> {
        made.incrementAndGet();
        return Document.of(Json.object());
      };

  @Test
  void oneFormOfADocumentIsMadeOnceForAll() throws Exception {
    Document object = object("a");
    Callable<Document> ask = () -> shared.of(object, Form.table(ROWS, 7), make);
    List<Document> given = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Document> each : pool.invokeAll(Collections.nCopies(100, ask))) {
        given.add(each.get());
      }
    }
    assertThat(made).hasValue(1);
    assertThat(given).allMatch(each -> each == given.getFirst());
  }

  @Test
  void otherFormsSecondsAndDocumentsAreOthers() {
    Document object = object("a");
    Document first = shared.of(object, Form.table(ROWS, 7), make);
    assertThat(shared.of(object, Form.table(ROWS, 8), make)).isNotSameAs(first);
    Tables.Style headers = new Tables.Style("v1", Tables.Include.METADATA, true);
    assertThat(shared.of(object, Form.table(headers, 7), make)).isNotSameAs(first);
    assertThat(shared.of(object, Form.partial("v1"), make)).isNotSameAs(first);
    assertThat(shared.of(object, Form.partial("v1beta1"), make)).isNotSameAs(first);
    // The same words, but another event.
    assertThat(shared.of(object("a"), Form.table(ROWS, 7), make)).isNotSameAs(first);
    assertThat(made).hasValue(6);
  }

  @Test
  void theOldestGoFirst() {
    Document object = object("a");
    Document first = shared.of(object, Form.partial("v1"), make);
    for (int i = 1; i < SharedForms.FORMS_MAX; i++) {
      shared.of(object("b"), Form.partial("v1"), make);
    }
    assertThat(shared.of(object, Form.partial("v1"), make)).isSameAs(first);
    shared.of(object("c"), Form.partial("v1"), make);
    assertThat(shared.size()).isEqualTo(SharedForms.FORMS_MAX);
    assertThat(shared.of(object, Form.partial("v1"), make)).isNotSameAs(first);
  }

  @Test
  void whatCouldNotBeMadeIsTriedAgain() {
    Document object = object("a");
    Form form = Form.partial("v1");
    assertThatThrownBy(() ->
            shared.of(
                object,
                form,
                () -> {
                  throw new IllegalStateException("not yet");
                }))
        .hasMessage("not yet");
    shared.of(object, form, make);
    assertThat(made).hasValue(1);
  }

  private static Document object(String name) {
    return Document.of(Json.object().put("name", name));
  }
}
