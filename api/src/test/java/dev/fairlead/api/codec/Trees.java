package dev.fairlead.api.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** JSON trees of any shape, for property tests. */
public final class Trees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Trees() {}

  /** Objects, up to two levels deep, with hostile text among their keys and values. */
  public static Arbitrary<ObjectNode> objects() {
    return object(value(2));
  }

  private static Arbitrary<ObjectNode> object(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(keys(), values)
        .ofMaxSize(4)
        .map(map -> {
          ObjectNode object = NODES.objectNode();
          map.forEach(object::set);
          return object;
        });
  }

  private static Arbitrary<JsonNode> value(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            text().map(NODES::textNode),
            Arbitraries.integers().map(NODES::numberNode),
            Arbitraries.longs()
                .filter(number -> number != (int) (long) number)
                .map(NODES::numberNode),
            Arbitraries.doubles().ofScale(3).map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            Arbitraries.just(NODES.nullNode()));
    if (depth == 0) {
      return scalars;
    }
    // Not lazyOf: it takes every depth for the same arbitrary and never ends.
    Arbitrary<JsonNode> inner = value(depth - 1);
    return Arbitraries.oneOf(
        scalars,
        object(inner).map(JsonNode.class::cast),
        inner.list().ofMaxSize(4).map(list -> NODES.arrayNode().addAll(list)));
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        Arbitraries.of("a", "b", "c", "x/y", "~0", "", "yes", "12", "null"), text());
  }

  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            " ",
            "yes",
            "~",
            "0x1f",
            "0777",
            "1e3",
            ".5",
            "- a",
            "a: b",
            "#x",
            "a #b",
            "*a",
            "&a",
            "!!x",
            "|",
            ">",
            "%",
            "@",
            "`",
            "\"",
            "'",
            "a\nb",
            "a\n",
            "\n",
            " a",
            "a ",
            "\ta",
            "a\n\n  b\n",
            "{",
            "[x",
            ",",
            "?",
            "---",
            "...",
            "2026-01-02",
            "\u0000",
            "\u0085",
            "\u2028",
            "\ud83d\ude00",
            "\ufeff",
            ".inf",
            "<<",
            "=",
            "1_000",
            "+1"),
        Arbitraries.strings().withChars("ab: -#'\"\n\t\\,[]{}é").ofMaxLength(8));
  }
}
