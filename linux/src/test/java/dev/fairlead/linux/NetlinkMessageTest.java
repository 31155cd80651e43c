package dev.fairlead.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetlinkMessageTest {
  @Test
  void whatIsEncodedIsParsed() {
    byte[] bytes =
        new NetlinkMessage(16, NetlinkMessage.CREATE)
            .u32(7)
            .attribute(3, "eth0")
            .nested(18, nested -> nested.attribute(1, 0x01020304))
            .encode(99);
    assertThat(bytes.length % 4).isZero();
    NetlinkReply message = NetlinkReply.parse(bytes).getFirst();
    assertThat(message.type()).isEqualTo(16);
    assertThat(message.flags()).isEqualTo(NetlinkMessage.CREATE | NetlinkMessage.REQUEST);
    assertThat(message.sequence()).isEqualTo(99);
    Map<Integer, ByteBuffer> attributes = message.attributes(4);
    assertThat(NetlinkReply.string(attributes.get(3))).isEqualTo("eth0");
    ByteBuffer inner = NetlinkReply.attributes(attributes.get(18), 0).get(1);
    assertThat(inner.getInt(0)).isEqualTo(0x01020304);
  }

  @Test
  void longMessagesGrow() {
    NetlinkMessage message = new NetlinkMessage(24, 0);
    for (int i = 0; i < 1000; i++) {
      message.attribute(5, i);
    }
    assertThat(message.encode(1)).hasSize(16 + 8000);
  }

  @Test
  void aDamagedTailEndsTheList() {
    byte[] good = new NetlinkMessage(16, 0).u32(1).encode(1);
    byte[] cut = java.util.Arrays.copyOf(good, good.length + 17);
    cut[good.length] = 127;
    assertThat(NetlinkReply.parse(cut)).hasSize(1);
    assertThat(NetlinkReply.parse(new byte[3])).isEqualTo(List.of());
  }

  @Test
  void anErrorCarriesItsNumberAndSentence() {
    ByteBuffer error = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    error.putInt(44).putShort((short) 2).putShort((short) 0x300).putInt(5).putInt(0);
    error.putInt(-17).putInt(200).put(new byte[12]);
    error.putShort((short) 7).putShort((short) 1).put("no\0".getBytes()).put((byte) 0);
    NetlinkReply reply = NetlinkReply.parse(error.array()).getFirst();
    assertThat(reply.errno()).isEqualTo(17);
    assertThat(reply.errorText()).isEqualTo("no");
  }
}
