package dev.fairlead.controllers.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minAvailable: 2      | 3 | 9  | 3  | 2
          minAvailable: 50%    | 3 | 9  | 9  | 5
          minAvailable: 100%   | 3 | 3  | 3  | 3
          minAvailable: 0%     | 3 | 3  | 3  | 0
          maxUnavailable: 1    | 3 | 9  | 9  | 8
          maxUnavailable: 30%  | 3 | 10 | 10 | 7
          maxUnavailable: 31%  | 3 | 10 | 10 | 6
          maxUnavailable: 5    | 3 | 3  | 3  | 0
          """)
  void whatABudgetDemands(String spec, int pods, int scale, int expected, int healthy) {
    assertThat(Need.of(Yaml.parse(spec.getBytes(StandardCharsets.UTF_8)), pods, scale))
        .isEqualTo(new Need(expected, healthy));
  }
}
