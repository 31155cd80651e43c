package dev.fairlead.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.schema.FieldType.Scalar;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EnumerationTest {

  @Test
  void valuesStandInTheOrderOfErrors() {
    assertThat(Enumeration.valuesOf("RestartPolicy"))
        .containsExactly("Always", "OnFailure", "Never");
  }

  @Test
  void theEmptyTextIsAValueAndLinesGoOn() {
    assertThat(Enumeration.valuesOf("HostPathType")).hasSize(8).startsWith("");
    assertThat(Enumeration.valuesOf("Signal")).hasSize(65).endsWith("SIGXFSZ").doesNotContain("");
  }

  @Test
  void anUnknownTypeIsAMistake() {
    assertThatThrownBy(() -> Enumeration.of("Colour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no type Colour in schema-enums.txt");
  }

  @Test
  void everyTypeHasValuesAndIsThatOfATextSomewhere() {
    Set<String> used = new TreeSet<>();
    for (TypeSchema type : Schema.load().types()) {
      for (Field field : type.fields().values()) {
        Enumeration enumeration = field.rules().enumeration();
        if (enumeration != Enumeration.NONE) {
          assertThat(innermost(field.type())).as(field.name()).isEqualTo(Scalar.STRING);
          assertThat(enumeration.values()).doesNotHaveDuplicates().hasSizeGreaterThan(1);
          used.add(enumeration.type());
        }
      }
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(Enumeration.types());
  }

  private static FieldType innermost(FieldType type) {
    return switch (type) {
      case FieldType.Array(FieldType element) -> innermost(element);
      case FieldType.Dictionary(FieldType value) -> innermost(value);
      case FieldType.Reference reference -> reference;
      case Scalar scalar -> scalar;
    };
  }
}
