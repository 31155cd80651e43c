package dev.fairlead.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.codec.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of logs, before any kubelet is asked (upstream: {@code ValidatePodLogOptions}). */
class LogOptionsTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String JSON = "application/json";
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    String containers = "[{\"name\":\"c\",\"image\":\"i\"},{\"name\":\"d\",\"image\":\"i\"}]";
    String pod = "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":%s}}";
    server.send("POST", PODS, JSON, pod.formatted(containers));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          tailLines=-1                  | 422 | PodLogOptions "p" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0
          limitBytes=0                  | 422 | PodLogOptions "p" is invalid: limitBytes: Invalid value: 0: must be greater than 0
          sinceSeconds=0                | 422 | PodLogOptions "p" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0
          tailLines=-1&limitBytes=-2    | 422 | PodLogOptions "p" is invalid: [tailLines: Invalid value: -1: must be greater than or equal to 0, limitBytes: Invalid value: -2: must be greater than 0]
          sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z | 422 | PodLogOptions "p" is invalid: : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified
          stream=Stdout                 | 422 | PodLogOptions "p" is invalid: stream: Forbidden: may not be specified
          tailLines=abc                 | 400 | strconv.ParseInt: parsing "abc": invalid syntax
          sinceTime=abc                 | 400 | parsing time "abc" as "2006-01-02T15:04:05Z07:00": cannot parse "abc"
          container=x                   | 400 | container x is not valid for pod p
          tailLines=3                   | 400 | a container name must be specified for pod p, choose one of: [c d]
          """)
  void badOptionsAreRefused(String query, int code, String message) throws Exception {
    HttpResponse<String> answer = server.get(PODS + "/p/log?" + query, JSON);
    assertThat(Json.parse(answer.body().getBytes(StandardCharsets.UTF_8)).path("message").asText())
        .isEqualTo(message);
    assertThat(answer.statusCode()).isEqualTo(code);
  }

  @Test
  void aPodWithoutANodeHasNoLog() throws Exception {
    HttpResponse<String> answer =
        server.get(PODS + "/p/log?container=c&sinceTime=2026-01-01T00:00:00%2B01:00", JSON);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }
}
