package dev.fairlead.kubelet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx:latest",
    "nginx:1, docker.io/library/nginx:1",
    "a/b, docker.io/a/b:latest",
    "docker.io/a/b:1, docker.io/a/b:1",
    "localhost:5000/a, localhost:5000/a:latest",
    "gcr.io/x/y@sha256:00, gcr.io/x/y@sha256:00",
  })
  void names(String reference, String full) {
    assertThat(ImageName.normalize(reference)).isEqualTo(full);
  }

  @Test
  void kuardHasItsVersionsAndHostRunsAnything() {
    Catalogue catalogue =
        Catalogue.builder().kuard(version -> List.of("java", "-jar", "kuard.jar", version)).build();
    assertThat(catalogue.find("gcr.io/kuar-demo/kuard-amd64:blue"))
        .hasValueSatisfying(image -> assertThat(image.command()).endsWith("blue"));
    assertThat(catalogue.find("gcr.io/kuar-demo/kuard-amd64:red")).isEmpty();
    assertThat(catalogue.find("host"))
        .hasValueSatisfying(image -> {
          assertThat(image.command()).isEmpty();
          assertThat(image.args()).containsExactly("/bin/sh");
        });
    assertThat(catalogue.find("host:anything")).isPresent();
    assertThat(catalogue.find("hosts")).isEmpty();
  }
}
