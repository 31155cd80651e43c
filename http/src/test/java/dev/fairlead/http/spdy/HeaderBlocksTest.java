package dev.fairlead.http.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;

class HeaderBlocksTest {
  @Test
  void theDictionaryIsTheOneOfTheSpecification() {
    Adler32 sum = new Adler32();
    sum.update(SpdyDictionary.BYTES);
    assertThat(SpdyDictionary.BYTES).hasSize(1423);
    assertThat(sum.getValue()).isEqualTo(0xe3c6a7c2L);
  }

  @Test
  void blocksOfOneConnectionArePackedAsOneStream() throws SpdyException {
    HeaderBlocks ours = new HeaderBlocks();
    HeaderBlocks theirs = new HeaderBlocks();
    Map<String, String> headers = Map.of("streamtype", "data", "port", "8080", "requestid", "0");
    byte[] first = ours.pack(headers);
    byte[] second = ours.pack(headers);
    assertThat(second).hasSizeLessThan(first.length);
    assertThat(theirs.unpack(first)).isEqualTo(headers);
    assertThat(theirs.unpack(second)).isEqualTo(headers);
    assertThat(theirs.unpack(ours.pack(Map.of()))).isEmpty();
  }

  @Test
  void namesAreLowered_andOfSeveralValuesTheFirstCounts() throws SpdyException {
    byte[] block = new HeaderBlocks().pack(Map.of("StreamType", "data\0error"));
    assertThat(new HeaderBlocks().unpack(block)).isEqualTo(Map.of("streamtype", "data"));
  }

  @Test
  void garbageAndBombsAreRefused() {
    assertThatThrownBy(() -> new HeaderBlocks().unpack(new byte[] {1, 2, 3, 4, 5}))
        .isInstanceOf(SpdyException.class);
    byte[] bomb = new HeaderBlocks().pack(Map.of("a", "x".repeat(1_000_000)));
    assertThat(bomb).hasSizeLessThan(5_000);
    assertThatThrownBy(() -> new HeaderBlocks().unpack(bomb))
        .isInstanceOf(SpdyException.class)
        .hasMessageContaining("65536");
  }
}
