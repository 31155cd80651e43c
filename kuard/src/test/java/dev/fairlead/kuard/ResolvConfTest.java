package dev.fairlead.kuard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {
  private static final ResolvConf CONFIG =
      ResolvConf.parse(List.of("# pod", "search a.b c", "nameserver 10.0.0.1", "options ndots:2"));

  @Test
  void shortNamesGoThroughTheSearchListFirst() {
    assertThat(CONFIG.candidates("web")).containsExactly("web.a.b.", "web.c.", "web.");
  }

  @Test
  void namesWithEnoughDotsAreTriedAsTheyAreFirst() {
    assertThat(CONFIG.candidates("web.shop.svc"))
        .containsExactly("web.shop.svc.", "web.shop.svc.a.b.", "web.shop.svc.c.");
    assertThat(CONFIG.candidates("web.")).containsExactly("web.");
    assertThat(CONFIG.candidates("")).containsExactly(".");
  }

  @Test
  void aMalformedResponseIsRefused() {
    byte[] looping = DnsMessage.query(1, "a.", 1);
    looping[12] = (byte) 0xc0;
    looping[13] = 12;

    assertThatThrownBy(() -> new DnsMessage(looping).text()).hasMessageContaining("malformed");
    for (int length = 0; length < looping.length; length++) {
      byte[] cut = Arrays.copyOf(DnsMessage.query(1, "a.", 1), length);
      assertThatThrownBy(() -> new DnsMessage(cut).text()).hasMessageContaining("malformed");
    }
  }

  @Test
  void agesAreInWords() {
    assertThat(Probe.ago(Duration.ZERO)).isEqualTo("now");
    assertThat(Probe.ago(Duration.ofSeconds(1))).isEqualTo("1 second ago");
    assertThat(Probe.ago(Duration.ofSeconds(125))).isEqualTo("2 minutes ago");
  }
}
