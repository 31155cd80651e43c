package dev.fairlead.apiserver.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.fairlead.api.codec.Json;
import dev.fairlead.http.HttpRequest;
import java.util.List;
import java.util.Set;

/** JSON for people to read, laid out as Go does it. */
final class Pretty {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> PEOPLE = List.of("curl", "Wget", "Mozilla/5.0");
  private static final ObjectWriter WRITER = new ObjectMapper().writer(printer());

  private Pretty() {}

  static byte[] bytes(byte[] json) throws JsonProcessingException {
    return WRITER.writeValueAsBytes(Json.tree(json));
  }

  /** Whether the query says so or, where it is silent, a person seems to be reading. */
  static boolean isWanted(HttpRequest request) {
    String pretty = request.parameter("pretty");
    if (pretty != null && !pretty.isEmpty()) {
      return TRUE.contains(pretty);
    }
    String agent = request.header("user-agent");
    return agent != null && PEOPLE.stream().anyMatch(agent::startsWith);
  }

  private static PrettyPrinter printer() {
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }
}
