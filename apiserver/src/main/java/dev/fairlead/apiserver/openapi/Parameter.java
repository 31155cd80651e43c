package dev.fairlead.apiserver.openapi;

/**
 * One parameter of an operation, in the path or in the query.
 *
 * @param in {@code path} or {@code query}
 * @param type OpenAPI's: {@code string}, {@code integer} or {@code boolean}
 */
record Parameter(String name, String in, String type, String description) {

  static Parameter path(String name, String description) {
    return new Parameter(name, "path", "string", description);
  }

  static Parameter text(String name, String description) {
    return new Parameter(name, "query", "string", description);
  }

  static Parameter number(String name, String description) {
    return new Parameter(name, "query", "integer", description);
  }

  static Parameter flag(String name, String description) {
    return new Parameter(name, "query", "boolean", description);
  }

  boolean required() {
    return in.equals("path");
  }
}
