package dev.fairlead.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTest {
  @ParameterizedTest
  @CsvSource({
    "{}, 30",
    "{terminationGracePeriodSeconds: 0}, 0",
    "{terminationGracePeriodSeconds: -5}, 1"
  })
  void theGraceOfItsEnd(String spec, long seconds) {
    String pod = "{metadata: {name: p, namespace: d}, spec: %s}".formatted(spec);
    Document document = Document.of(Yaml.parse(pod.getBytes(StandardCharsets.UTF_8)));
    assertThat(Pod.of(document).terminationGracePeriodSeconds()).isEqualTo(seconds);
  }
}
