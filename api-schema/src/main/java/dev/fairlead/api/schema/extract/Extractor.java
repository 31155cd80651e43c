package dev.fairlead.api.schema.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The build step: writes the schema resource to the file named by its argument. */
public final class Extractor {
  private Extractor() {}

  /** Extracts everything the {@link Roots} reach. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: Extractor FILE");
    }
    Path file = Path.of(arguments[0]).toAbsolutePath();
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, new ObjectMapper().writeValueAsBytes(extract()));
  }

  /** The resource as a tree; its form is described in the room's README. */
  static ObjectNode extract() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    Walk walk = Walk.from(Roots.ALL);
    ObjectNode types = root.putObject("types");
    walk.types().forEach(types::set);
    ObjectNode scalars = root.putObject("scalars");
    walk.scalars().forEach(scalars::put);
    return root;
  }
}
