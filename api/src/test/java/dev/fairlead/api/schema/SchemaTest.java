package dev.fairlead.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Kinds;
import dev.fairlead.api.schema.FieldType.Scalar;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private final Schema schema = Schema.load();

  @Test
  void everyServedKindAndItsListHaveAType() {
    for (var kind : Kinds.ALL) {
      assertThat(schema.of(kind).fields()).containsKeys("apiVersion", "kind", "metadata");
      assertThat(schema.listOf(kind).required()).containsExactly("items");
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    for (TypeSchema type : schema.types()) {
      for (Field field : type.fields().values()) {
        if (!field.reference().isEmpty()) {
          assertThat(schema.find(field.reference()))
              .as("%s.%s", type.name(), field.name())
              .isPresent();
        }
      }
    }
  }

  @Test
  void everyFieldButTypeMetaHasAProtobufNumber() {
    for (TypeSchema type : schema.types()) {
      for (Field field : type.fields().values()) {
        if (!List.of("apiVersion", "kind").contains(field.name())) {
          assertThat(field.protobuf()).as("%s.%s", type.name(), field.name()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void servicePort() {
    TypeSchema port = schema.type("io.k8s.api.core.v1.ServicePort");

    assertThat(port.simpleName()).isEqualTo("ServicePort");
    assertThat(port.required()).containsExactly("port");
    assertThat(field(port, "port").type()).isEqualTo(Scalar.INT32);
    assertThat(field(port, "port").protobuf()).containsExactly(3);
    assertThat(field(port, "port").description()).contains("exposed by this service");
    assertThat(field(port, "targetPort").type()).isEqualTo(Scalar.INT_OR_STRING);
    assertThat(String.valueOf(field(port, "protocol").rules().defaultValue())).isEqualTo("\"TCP\"");
  }

  @Test
  void listsMapsAndReferences() {
    TypeSchema spec = schema.type("io.k8s.api.core.v1.ServiceSpec");

    assertThat(field(spec, "ports").type())
        .isEqualTo(new FieldType.Array(new FieldType.Reference("io.k8s.api.core.v1.ServicePort")));
    assertThat(field(spec, "ports").rules().patchMergeKey()).isEqualTo("port");
    assertThat(field(spec, "ports").rules().listMapKeys()).containsExactly("port", "protocol");
    assertThat(field(spec, "selector").type()).isEqualTo(new FieldType.Dictionary(Scalar.STRING));
    assertThat(schema.type("io.k8s.api.core.v1.ObjectReference").mapType()).isEqualTo("atomic");
    assertThat(field(schema.type("io.k8s.api.core.v1.Service"), "metadata").description())
        .startsWith("Standard object's metadata.");
  }

  @Test
  void timesAndInlinedFields() {
    TypeSchema lease = schema.type("io.k8s.api.coordination.v1.LeaseSpec");
    TypeSchema volume = schema.type("io.k8s.api.core.v1.Volume");

    assertThat(field(lease, "renewTime").type()).isEqualTo(Scalar.MICRO_TIME);
    assertThat(field(volume, "hostPath").protobuf()).containsExactly(2, 1);
  }

  private static Field field(TypeSchema type, String name) {
    return Objects.requireNonNull(type.field(name));
  }
}
