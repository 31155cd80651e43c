package dev.fairlead.tests.fuzz;

import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.quantity.Quantity;
import dev.fairlead.api.select.FieldSelector;
import dev.fairlead.api.select.LabelSelector;
import java.nio.charset.StandardCharsets;

/** Selectors and quantities. */
final class TextFuzz {
  private static final Document POD = Document.of(Json.parse(Seeds.JSON.getFirst()));

  private TextFuzz() {}

  static void labelSelector(byte[] input) {
    LabelSelector selector = ObjectFuzz.refusedAsNull(() -> LabelSelector.parse(text(input)));
    if (selector != null) {
      boolean matches = selector.matches(POD.meta().labels());
      Findings.require(
          LabelSelector.parse(selector.toString()).matches(POD.meta().labels()) == matches,
          "the text of the selector",
          selector);
    }
  }

  static void fieldSelector(byte[] input) {
    FieldSelector selector =
        ObjectFuzz.refusedAsNull(() -> FieldSelector.parse(Kinds.POD, text(input)));
    if (selector != null) {
      selector.matches(POD);
    }
  }

  static void quantity(byte[] input) {
    Quantity quantity;
    try {
      quantity = Quantity.parse(text(input));
    } catch (IllegalArgumentException e) {
      Findings.require(e.getMessage() != null, "the refusal", e);
      return;
    }
    Findings.require(quantity.value() >= 0 || quantity.sign() < 0, "the value", quantity.value());
    quantity.milliValue();
    Quantity settled = Quantity.parse(quantity.toString());
    Findings.require(
        Quantity.parse(settled.toString()).equals(settled), "the canonical form", settled);
    quantity.plus(settled).minus(settled).compareTo(quantity);
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
