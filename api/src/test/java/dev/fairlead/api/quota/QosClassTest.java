package dev.fairlead.api.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.codec.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QosClassTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {containers: [{}]} | BestEffort
          {containers: [{resources: {limits: {cpu: '0'}, requests: {memory: '0'}}}]} | BestEffort
          {containers: [{resources: {limits: {ephemeral-storage: 1Gi}}}]} | BestEffort
          {containers: [{resources: {requests: {cpu: 1}}}]} | Burstable
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}}}]} | Burstable
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1, memory: 1Mi}}}]} | Burstable
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}}}]} | Guaranteed
          {containers: [{resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1, memory: 1Gi}}}, {}]} | Burstable
          {initContainers: [{}], containers: [{resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1, memory: 1Gi}}}]} | Burstable
          {initContainers: [{resources: {requests: {cpu: 1m}}}], containers: [{}]} | Burstable
          """)
  void byAmounts(String spec, String expected) {
    assertThat(QosClass.of(Yaml.parse(spec.getBytes(StandardCharsets.UTF_8)))).isEqualTo(expected);
  }
}
