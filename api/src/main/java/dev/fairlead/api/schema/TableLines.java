package dev.fairlead.api.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a hand-written table among this package's resources. */
final class TableLines {
  private TableLines() {}

  /**
   * Without blank lines, comments ({@code #}) and indentation; a line that ends in a backslash is
   * joined with the next.
   *
   * @throws IllegalStateException when the table cannot be read, which is a broken build
   */
  static List<String> read(String resource) {
    try (InputStream in = TableLines.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the table is missing: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("\\\\\n", "")
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("the table is broken: " + resource, e);
    }
  }
}
