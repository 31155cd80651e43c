package dev.fairlead.api.protobuf;

import dev.fairlead.api.schema.Field;
import dev.fairlead.api.schema.TypeSchema;
import dev.fairlead.api.schema.ZeroRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of one message by number: what both directions walk along. Immutable. */
final class MessagePlan {
  private final Slot[] slots;
  private final @Nullable Slot[] byNumber;

  /**
   * One number of a message.
   *
   * @param field what stands there; null where {@code embedded} does
   * @param embedded a message whose fields JSON shows as the outer one's, such as a volume's source
   * @param keepsZero whether a zero there means something else than a missing field
   */
  record Slot(
      int number, @Nullable Field field, @Nullable MessagePlan embedded, boolean keepsZero) {}

  private MessagePlan(List<Slot> slots) {
    this.slots = slots.toArray(Slot[]::new);
    this.byNumber = new Slot[slots.isEmpty() ? 1 : slots.getLast().number() + 1];
    slots.forEach(slot -> byNumber[slot.number()] = slot);
  }

  static MessagePlan of(TypeSchema type, ZeroRules zeros) {
    return of(type, type.fields().values(), 0, zeros);
  }

  private static MessagePlan of(
      TypeSchema type, Collection<Field> fields, int depth, ZeroRules zeros) {
    Map<Integer, List<Field>> numbers = new TreeMap<>();
    for (Field field : fields) {
      if (field.protobuf().size() > depth) {
        numbers.computeIfAbsent(field.protobuf().get(depth), any -> new ArrayList<>()).add(field);
      }
    }
    List<Slot> slots = new ArrayList<>();
    numbers.forEach((number, here) -> {
      Field first = here.getFirst();
      boolean own = first.protobuf().size() == depth + 1;
      slots.add(
          own
              ? new Slot(number, first, null, zeros.keeps(type, first))
              : new Slot(number, null, of(type, here, depth + 1, zeros), false));
    });
    return new MessagePlan(slots);
  }

  /** In ascending order of numbers. Shared: never change it. */
  Slot[] slots() {
    return slots;
  }

  /** The slot of this number, or null. */
  @Nullable Slot slot(int number) {
    return number > 0 && number < byNumber.length ? byNumber[number] : null;
  }
}
