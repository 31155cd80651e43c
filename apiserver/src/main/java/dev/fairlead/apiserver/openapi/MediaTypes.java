package dev.fairlead.apiserver.openapi;

import java.util.List;

/** The media types that OpenAPI lists. */
final class MediaTypes {
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  static final List<String> ANY = List.of("*/*");
  static final List<String> OBJECTS = List.of(JSON, "application/yaml", PROTOBUF);
  static final List<String> LISTS =
      List.of(
          JSON, "application/yaml", PROTOBUF, JSON + ";stream=watch", PROTOBUF + ";stream=watch");
  static final List<String> LOGS = List.of("text/plain");
  static final List<String> PATCHES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml");

  private MediaTypes() {}
}
