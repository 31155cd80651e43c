package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The form that a client wants its answer in.
 *
 * @param shape what becomes of objects
 * @param version of {@code meta.k8s.io}, for shapes other than plain
 */
record Format(Encoding encoding, Shape shape, String version, boolean pretty) {
  private static final Set<String> VERSIONS = Set.of("v1", "v1beta1");
  private static final String ACCEPTED =
      "application/json, application/yaml, " + Protobuf.MEDIA_TYPE;
  private static final String ACCEPTED_STREAMS =
      "application/json;stream=watch, " + Protobuf.WATCH_MEDIA_TYPE;

  /** In the order in which a client that takes several gets one. */
  enum Encoding {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF(Protobuf.MEDIA_TYPE);

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
   * The best alternative of the Accept header that is served.
   *
   * @param shaped whether the answer can be a table or metadata only
   * @throws ApiException 406
   */
  static Format negotiate(HttpRequest request, boolean shaped) {
    return find(request, shaped).orElseThrow(() -> notAcceptable(ACCEPTED));
  }

  /**
   * The form of a watch's events.
   *
   * @throws ApiException 406: YAML has no events
   */
  static Format ofWatch(HttpRequest request) {
    return find(request, true)
        .filter(format -> format.encoding() != Encoding.YAML)
        .orElseThrow(() -> notAcceptable(ACCEPTED_STREAMS));
  }

  /** The form of a refusal, which must find one. */
  static Format ofError(HttpRequest request) {
    return find(request, false)
        .or(() -> find(request, true)) // Tables of errors there are none, but their encoding.
        .map(format -> new Format(format.encoding(), Shape.PLAIN, "v1", format.pretty()))
        .orElse(json());
  }

  /** Whether protobuf is wanted, which not everything has. */
  boolean isBinary() {
    return encoding == Encoding.PROTOBUF;
  }

  static Format json() {
    return new Format(Encoding.JSON, Shape.PLAIN, "v1", false);
  }

  private static Optional<Format> find(HttpRequest request, boolean shaped) {
    List<String> accept = request.headers().getOrDefault("accept", List.of());
    for (MediaType alternative : MediaType.accepted(accept)) {
      for (Encoding encoding : Encoding.values()) {
        if (alternative.covers(encoding.mediaType()) && streams(alternative)) {
          Optional<Shape> shape = shape(alternative, encoding, shaped);
          if (shape.isPresent()) {
            String version = alternative.parameter("v");
            return Optional.of(
                new Format(
                    encoding,
                    shape.get(),
                    VERSIONS.contains(version) ? version : "v1",
                    alternative.parameter("pretty").equals("1") || Pretty.isWanted(request)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean streams(MediaType alternative) {
    String stream = alternative.parameter("stream");
    return stream.isEmpty() || stream.equals("watch");
  }

  private static Optional<Shape> shape(MediaType alternative, Encoding encoding, boolean shaped) {
    String as = alternative.parameter("as");
    if (as.isEmpty()) {
      return Optional.of(Shape.PLAIN);
    }
    boolean served =
        shaped
            && alternative.parameter("g").equals("meta.k8s.io")
            && VERSIONS.contains(alternative.parameter("v"));
    return switch (as) {
      case "Table" ->
          served && encoding != Encoding.PROTOBUF ? Optional.of(Shape.TABLE) : Optional.empty();
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          served ? Optional.of(Shape.PARTIAL) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static ApiException notAcceptable(String accepted) {
    return new ApiException(
        406, "NotAcceptable", "only the following media types are accepted: " + accepted, null);
  }
}
