package dev.fairlead.api.schema.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionsTest {
  private static final ObjectNode SCHEMA = Extractor.extract();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A list:  * a  * b | 'A list:\n\t* a\n\t* b' | 'A list:\n\t* a\n\t* b'",
        "One.  Two. | One. Two. | 'One.\n\nTwo.'",
        "One.  Two. | 'One.  Two.' | 'One.  Two.'",
        "One.    two | 'One.\n  two' | 'One.\n\n  two'",
        "'' | The spec. | The spec.",
        "A map. | A map. Not seen by users. | A map.",
        "A map. | '' | A map.",
        "all: *_/foo | 'all:\n*/foo' | 'all:\n*/foo'",
        // Other words than the comment's, before a paragraph and in it, leave the rest as it is.
        "One old.  Two:  * a | 'One. Two:\n\t* a' | 'One old.\n\nTwo:\n\t* a'",
        "One.  Two old  lines. | 'One. Two\n new\n lines.' | 'One.\n\nTwo old\n lines.'",
        "One.  Three. | 'One. Two. Three.' | 'One.\n\nThree.'",
      })
  void linesComeFromCommentsAndParagraphsFromModels(String model, String comment, String text) {
    assertThat(Descriptions.choose(model, comment)).isEqualTo(text);
  }

  @Test
  void portsThatAreNumbersOrNamesAreDescribedAsPorts() {
    assertThat(description("io.k8s.api.core.v1.ServicePort", "targetPort"))
        .startsWith("Number or name of the port to access on the pods");
  }

  @Test
  void paragraphsStay() {
    assertThat(description("io.k8s.api.core.v1.TopologySpreadConstraint", "whenUnsatisfiable"))
        .contains("in any location,\n  but giving higher");
    assertThat(description("io.k8s.api.core.v1.ServiceSpec", "ipFamilies"))
        .contains("type ExternalName.\n\nThis field may hold");
  }

  /** The models are of 1.33, the comments of a later version, which tells more of this field. */
  @Test
  void paragraphsStayWhereTheCommentHasMoreWords() {
    assertThat(description("io.k8s.api.core.v1.PodSpec", "resourceClaims"))
        .endsWith("feature gate.\n\nThis field is immutable.");
    assertThat(description("io.k8s.api.core.v1.PodSecurityContext", "seLinuxChangePolicy"))
        .contains("\n\n\"Recursive\" means", "\n\nIf not specified and SELinuxMount");
  }

  @Test
  void fieldsOfLaterVersionsAreLeftOut() {
    JsonNode pod = SCHEMA.path("types").path("io.k8s.api.core.v1.PodSpec").path("f");
    assertThat(pod.has("hostnameOverride")).isFalse();
    assertThat(pod.has("hostname")).isTrue();
  }

  @Test
  void scalarsThatAreTypesUpstreamAreDescribed() {
    JsonNode scalars = SCHEMA.path("scalars");
    assertThat(scalars.path("QUANTITY").asText()).contains("\n\nThe serialization format is:\n\n");
    for (String scalar : List.of("DATE_TIME", "MICRO_TIME", "INT_OR_STRING")) {
      assertThat(scalars.path(scalar).asText()).as(scalar).isNotEmpty();
    }
  }

  private static String description(String type, String field) {
    return SCHEMA.path("types").path(type).path("f").path(field).path("d").asText();
  }
}
