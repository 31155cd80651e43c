package dev.fairlead.apiserver.registry.strategy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.api.schema.QuantityFields;
import dev.fairlead.apiserver.registry.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What is wrong with a pod, for tables: a fragment of YAML, and the texts that upstream gives. */
final class PodErrors {
  /** Volumes that each pod of {@link #ofContainer} has. */
  private static final String VOLUMES =
      "volumes: [{name: v, emptyDir: {}}, {name: w, persistentVolumeClaim: {claimName: c}}]";

  static final String LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex"
          + " used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  static final String SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  static final String NAME_PART =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used"
          + " for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  static final String LABEL_VALUE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private PodErrors() {}

  static Document pod(String yaml) {
    ObjectNode tree = Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8));
    QuantityFields.canonicalize(Kinds.POD, tree);
    PodDefaults.pod(Trees.child(tree, "spec"));
    return Document.of(tree);
  }

  /** The problems of a pod with these fields in its spec, besides one good container. */
  static List<String> ofSpec(String fields) {
    return of("{metadata: {name: p}, spec: {containers: [{name: c, image: x}], %s}}", fields);
  }

  /** The problems of a pod with these fields in its only container. */
  static List<String> ofContainer(String fields) {
    return of(
        "{metadata: {name: p}, spec: {" + VOLUMES + ", containers: [{name: c, image: x, %s}]}}",
        fields);
  }

  static List<String> of(String pod, String fields) {
    return texts(PodSpecRules.pod(pod(pod.formatted(fields))));
  }

  static List<String> texts(List<FieldError> errors) {
    return errors.stream().map(FieldError::toString).toList();
  }

  /** Compares with a table's cell: texts with {@code &&} between them, long rules by name. */
  static void assertSame(List<String> errors, String cell, String prefix) {
    List<String> expected =
        Arrays.stream(cell.split(" && ")).map(text -> prefix + words(text)).toList();
    assertThat(errors).containsExactlyElementsOf(expected);
  }

  private static String words(String text) {
    return text.replace("LABEL_VALUE", LABEL_VALUE)
        .replace("SUBDOMAIN", SUBDOMAIN)
        .replace("NAME_PART", NAME_PART)
        .replace(" LABEL", " " + LABEL);
  }
}
