package dev.fairlead.api.schema.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommentsTest {

  /** Lines of a comment are parted by {@code /}, those of the description by {@code |}. */
  @ParameterizedTest
  @CsvSource({
    "one/two,one two",
    "one//two,one||two",
    "one/  indented/two,one|  indented|two",
    "one/+optional/TODO: more,one",
    "one/  +listType=map/two,one two",
    "one/---/internal,one",
    "+optional,''",
  })
  void descriptions_areUpstreamsOpenApi(String comment, String description) {
    assertThat(Comments.description(List.of(comment.split("/", -1))))
        .isEqualTo(description.replace('|', '\n'));
  }

  @Test
  void messagesAndFields_areFound() {
    Comments comments = new Comments();
    assertThat(comments.of(V1Apps.DeploymentSpec.getDescriptor()))
        .startsWith("DeploymentSpec is the specification");
    assertThat(comments.of(V1Apps.DeploymentSpec.getDescriptor().findFieldByName("strategy")))
        .startsWith("The deployment strategy");
    assertThat(comments.of(V1.Service.getDescriptor().findFieldByName("metadata")))
        .startsWith("Standard object's metadata.");
  }
}
