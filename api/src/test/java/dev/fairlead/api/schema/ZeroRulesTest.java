package dev.fairlead.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ZeroRulesTest {

  @Test
  void theTableNamesFieldsThatExist() {
    ZeroRules.load()
        .exceptions()
        .forEach((name, fields) ->
            Schema.load()
                .find(name)
                .ifPresent(type ->
                    assertThat(type.fields().keySet()).describedAs(name).containsAll(fields)));
  }
}
