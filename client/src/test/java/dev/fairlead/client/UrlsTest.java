package dev.fairlead.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.WatchOptions;
import dev.fairlead.api.WriteOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlsTest {
  @ParameterizedTest
  @CsvSource({"IGNORE, Ignore", "STRICT, Strict"})
  void fieldValidationIsSaid(WriteOptions.Validation validation, String said) {
    assertThat(Urls.query(new WriteOptions(true, "me", false, validation)))
        .contains("dryRun=All", "fieldManager=me", "fieldValidation=" + said);
  }

  @Test
  void theDefaultIsNotSaid() {
    assertThat(Urls.query(WriteOptions.NONE)).doesNotContain("fieldValidation", "dryRun", "force");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void initialEventsNeedAMatch(boolean initial) {
    assertThat(Urls.query(new WatchOptions("", "", "", true, initial, 0)))
        .contains("sendInitialEvents=" + initial, "resourceVersionMatch=NotOlderThan");
    assertThat(Urls.query(WatchOptions.from("5")))
        .contains("resourceVersion=5")
        .doesNotContain("sendInitialEvents", "resourceVersionMatch");
  }
}
