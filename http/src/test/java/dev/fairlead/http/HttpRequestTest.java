package dev.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading of a request's parts. */
class HttpRequestTest {

  @ParameterizedTest
  @CsvSource({
    "true, true", "True, true", "1, true", "yes, true", "'', true", // Python's client says True.
    "false, false", "False, false", "FALSE, false", "0, false", "00, true"
  })
  void flagsAreReadAsTheKubernetesApiReadsThem(String value, boolean set) {
    assertThat(request(Map.of("stdin", List.of(value))).flag("stdin")).isEqualTo(set);
  }

  @ParameterizedTest
  @CsvSource({"stdin", "STDOUT"})
  void aFlagThatIsNotThereIsNotSet(String name) {
    assertThat(request(Map.of("stdout", List.of("true"))).flag(name)).isFalse();
  }

  private static HttpRequest request(Map<String, List<String>> query) {
    return new HttpRequest(
        "GET",
        "/",
        "/",
        "",
        query,
        Map.of(),
        InputStream.nullInputStream(),
        new InetSocketAddress(0),
        ClientCertificate.NONE);
  }
}
