package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host",
        "host:latest",
        "gcr.io/kuar-demo/kuard-amd64:blue",
        "localhost:5000/a/b_c:1",
        "a--b/c__d",
        "A.B/c:X_y.z-1",
        "a@sha256:0123456789abcdef0123456789abcdef"
      })
  void valid(String name) {
    assertThat(ImageReference.isValid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Kuard",
        "a b",
        "a//b",
        "a:",
        "a:b:c",
        "-a",
        "a@sha256:12",
        "http://a/b",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void invalid(String name) {
    assertThat(ImageReference.isValid(name)).isFalse();
  }
}
