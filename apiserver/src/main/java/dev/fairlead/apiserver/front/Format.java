package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.codec.Json;
import dev.fairlead.http.HttpRequest;
import java.util.List;
import java.util.Set;

/**
 * The form that a client wants its answer in.
 *
 * @param shape what becomes of objects
 * @param version of {@code meta.k8s.io}, for shapes other than plain
 */
record Format(Encoding encoding, Shape shape, String version, boolean pretty) {
  private static final Set<String> VERSIONS = Set.of("v1", "v1beta1");

  enum Encoding {
    JSON("application/json"),
    YAML("application/yaml");

    private final String mediaType;

    Encoding(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  enum Shape {
    PLAIN,
    TABLE,
    PARTIAL
  }

  /**
   * The first alternative of the Accept header that is served.
   *
   * @param shaped whether the answer can be a table or metadata only
   * @throws ApiException 406
   */
  static Format negotiate(HttpRequest request, boolean shaped) {
    String pretty = request.parameter("pretty");
    boolean isPretty = pretty != null && !pretty.equals("false") && !pretty.equals("0");
    List<String> accept = request.headers().getOrDefault("accept", List.of());
    for (MediaType each : MediaType.accepted(accept)) {
      if (!each.isJson() && !each.isYaml()) {
        continue;
      }
      Encoding encoding = each.isYaml() ? Encoding.YAML : Encoding.JSON;
      String as = each.parameter("as");
      if (as.isEmpty()) {
        return new Format(encoding, Shape.PLAIN, "v1", isPretty);
      }
      boolean served =
          shaped
              && each.parameter("g").equals("meta.k8s.io")
              && VERSIONS.contains(each.parameter("v"));
      if (served && as.equals("Table")) {
        return new Format(encoding, Shape.TABLE, each.parameter("v"), isPretty);
      }
      if (served
          && (as.equals("PartialObjectMetadata") || as.equals("PartialObjectMetadataList"))) {
        return new Format(encoding, Shape.PARTIAL, each.parameter("v"), isPretty);
      }
    }
    throw new ApiException(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json, application/yaml",
        Json.object());
  }

  static Format json() {
    return new Format(Encoding.JSON, Shape.PLAIN, "v1", false);
  }
}
