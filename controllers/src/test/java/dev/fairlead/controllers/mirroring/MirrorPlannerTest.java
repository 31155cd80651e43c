package dev.fairlead.controllers.mirroring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.codec.Yaml;
import dev.fairlead.controllers.SlicePlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorPlannerTest {
  private final List<Document> slices = new ArrayList<>();
  private int names;

  @Test
  void aSubsetBecomesASliceOwnedByTheEndpoints() {
    Document source = endpoints("[{addresses: [{ip: 1.2.3.4}], ports: [{port: 1433}]}]");
    apply(plan(source));
    assertThat(slices).hasSize(1);
    Document slice = slices.getFirst();
    assertThat(slice.meta().labels())
        .containsEntry("kubernetes.io/service-name", "db")
        .containsEntry(
            "endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io")
        .containsEntry("team", "data");
    assertThat(slice.meta().annotations()).containsOnlyKeys("note");
    assertThat(slice.meta().ownerReferences().getFirst().kind()).isEqualTo("Endpoints");
    assertThat(slice.meta().generateName()).isEqualTo("db-");
    assertThat(slice.tree().at("/endpoints/0/addresses/0").asText()).isEqualTo("1.2.3.4");
    assertThat(slice.tree().at("/endpoints/0/conditions/ready").asBoolean()).isTrue();
    assertThat(plan(source).isEmpty()).as("a second pass writes nothing").isTrue();
  }

  @Test
  void aChangeOfAddressesOrPortsIsOneUpdate() {
    apply(plan(endpoints("[{addresses: [{ip: 1.2.3.4}], ports: [{port: 1433}]}]")));
    SlicePlan address =
        plan(endpoints("[{notReadyAddresses: [{ip: 1.2.3.4}], ports: [{port: 1433}]}]"));
    assertThat(address.update()).hasSize(1);
    SlicePlan port = plan(endpoints("[{addresses: [{ip: 1.2.3.4}], ports: [{port: 1434}]}]"));
    assertThat(port.update()).hasSize(1);
    assertThat(port.create()).isEmpty();
    assertThat(port.delete()).isEmpty();
    assertThat(plan(endpoints("[]")).delete()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{addresses: [{ip: 1.2.3.4}, {ip: '::1'}], ports: [{port: 1}]}] | 2 | 0 | 0",
        "[{addresses: [{ip: nonsense}], ports: [{port: 1}]}] | 0 | 1 | 0",
        "[{addresses: [{ip: 1.1.1.1}, {ip: 1.1.1.2}, {ip: 1.1.1.3}], ports: [{port: 1}]}] | 1 | 0 | 1",
        "[{addresses: [{ip: 1.1.1.1}]}, {addresses: [{ip: 1.1.1.2}]}] | 1 | 0 | 0",
        "[{ports: [{port: 1}]}] | 0 | 0 | 0",
      })
  void subsetsBecomeGroups(String subsets, int groups, int invalid, int tooMany) {
    MirroredSubsets read = MirroredSubsets.of(subsets(endpoints(subsets)), 2);
    assertThat(read.groups()).hasSize(groups);
    assertThat(read.invalid()).isEqualTo(invalid);
    assertThat(read.tooMany()).isEqualTo(tooMany);
  }

  @Test
  void notReadyTrumpsReady() {
    Document source =
        endpoints("[{addresses: [{ip: 1.1.1.1}]}, {notReadyAddresses: [{ip: 1.1.1.1}]}]");
    MirrorGroup group = MirroredSubsets.of(subsets(source), 2).groups().getFirst();
    assertThat(group.endpoints()).hasSize(1);
    assertThat(group.endpoints().at("/0/conditions/ready").asBoolean()).isFalse();
  }

  private SlicePlan plan(Document source) {
    return MirrorPlanner.plan(source, MirroredSubsets.of(subsets(source), 1000).groups(), slices);
  }

  private void apply(SlicePlan plan) {
    for (Document slice : plan.create()) {
      slices.add(slice.with(tree -> tree.withObject("/metadata").put("name", "db-" + names++)));
    }
  }

  private static JsonNode subsets(Document endpoints) {
    return endpoints.tree().path("subsets");
  }

  private static Document endpoints(String subsets) {
    String text =
        """
        apiVersion: v1
        kind: Endpoints
        metadata:
          name: db
          namespace: default
          uid: e1
          labels: {team: data}
          annotations: {note: kept, kubectl.kubernetes.io/last-applied-configuration: dropped}
        subsets: %s
        """
            .formatted(subsets);
    return parse(text);
  }

  private static Document parse(String text) {
    return Document.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }
}
