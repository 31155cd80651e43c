package dev.fairlead.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.ObjectKey;
import dev.fairlead.discovery.ServiceImage;
import dev.fairlead.discovery.ServiceImage.Endpoint;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ResponderTest {
  private final int[] first = {0};
  @AutoClose private final ZoneFixture fixture = new ZoneFixture(bound -> first[0] % bound);

  @Test
  void unknownIsNotNone() {
    assertThat(fixture.ask("web.default.svc.cluster.local.", Type.A).getRcode())
        .isEqualTo(Rcode.SERVFAIL);
    fixture.with();
    assertThat(fixture.ask("web.default.svc.cluster.local.", Type.A).getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void flagsAreCoreDnss() {
    fixture.with(web());
    Message query = ZoneFixture.query("web.default.svc.cluster.local.", Type.A);

    Message response = fixture.ask(query, true);

    assertThat(response.getHeader().printFlags().strip()).isEqualTo("qr aa rd ra");
    assertThat(response.getHeader().getID()).isEqualTo(query.getHeader().getID());
    query.getHeader().unsetFlag(Flags.RD);
    assertThat(fixture.ask(query, true).getHeader().printFlags().strip()).isEqualTo("qr aa ra");
  }

  @Test
  void headlessAnswersRotate() {
    fixture.with(many(3));
    first[0] = 2;

    Message response = fixture.ask("many.default.svc.cluster.local.", Type.A);

    assertThat(response.getSection(Section.ANSWER))
        .extracting(Record::rdataToString)
        .containsExactly("10.112.0.2", "10.112.0.0", "10.112.0.1");
  }

  @Test
  void whatDoesNotFitIsCutOverUdpAndWholeOverTcp() {
    fixture.with(many(200));
    Message query = ZoneFixture.query("many.default.svc.cluster.local.", Type.A);

    Message cut = fixture.ask(query, true);
    Message whole = fixture.ask(query, false);

    assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(cut.numBytes()).isLessThanOrEqualTo(512);
    assertThat(cut.getSection(Section.ANSWER)).hasSize((512 - 12 - 36) / 16);
    assertThat(whole.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(whole.getSection(Section.ANSWER)).hasSize(200);
  }

  @Test
  void ednsGivesRoomUpToTheServersOwnLimit() {
    fixture.with(many(200));
    Message query = ZoneFixture.query("many.default.svc.cluster.local.", Type.A);
    query.addRecord(new OPTRecord(4096, 0, 0, Flags.DO), Section.ADDITIONAL);

    Message cut = fixture.ask(query, true);

    assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(cut.numBytes()).isBetween(1_200, 1_232);
    assertThat(cut.getOPT().getPayloadSize()).isEqualTo(1_232);
    assertThat(cut.getOPT().getFlags()).isEqualTo(Flags.DO);
  }

  @Test
  void additionalRecordsAreDroppedBeforeAnswers() {
    fixture.with(many(7));
    Message query = ZoneFixture.query("_http._tcp.many.default.svc.cluster.local.", Type.SRV);

    Message response = fixture.ask(query, true);

    assertThat(response.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(response.getSection(Section.ANSWER)).hasSize(7);
    assertThat(response.getSection(Section.ADDITIONAL)).isEmpty();
  }

  @Test
  void aNewerEdnsVersionIsRefused() {
    Message query = ZoneFixture.query("web.default.svc.cluster.local.", Type.A);
    query.addRecord(new OPTRecord(1232, 0, 1, 0), Section.ADDITIONAL);

    assertThat(fixture.ask(query, true).getRcode()).isEqualTo(Rcode.BADVERS);
  }

  @Test
  void otherClassesAndOpcodesAreRefused() {
    Message chaos =
        Message.newQuery(
            Record.newRecord(Name.fromConstantString("version.bind."), Type.TXT, DClass.CH));
    assertThat(fixture.ask(chaos, true).getRcode()).isEqualTo(Rcode.REFUSED);

    Message update = ZoneFixture.query("cluster.local.", Type.SOA);
    update.getHeader().setOpcode(Opcode.UPDATE);
    Message answer = fixture.ask(update, true);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
    assertThat(answer.getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
  }

  @Test
  void everyPrefixOfAQueryIsHandled() {
    byte[] query = ZoneFixture.query("web.default.svc.cluster.local.", Type.A).toWire();
    for (int length = 0; length < query.length; length++) {
      int answer = fixture.responder.respond(Arrays.copyOf(query, length), length, true);
      assertThat(answer).isEqualTo(length < 12 ? Responder.DROP : 12);
      if (answer > 0) {
        assertThat(fixture.responder.response()[3] & 0xf).isEqualTo(Rcode.FORMERR);
      }
    }
  }

  @Test
  void responsesAreNeverAnswered() {
    Message response = ZoneFixture.query("web.default.svc.cluster.local.", Type.A);
    response.getHeader().setFlag(Flags.QR);
    byte[] packet = response.toWire();

    assertThat(fixture.responder.respond(packet, packet.length, true)).isEqualTo(Responder.DROP);
  }

  @Test
  void compressionInTheQuestionIsAFormatError() {
    byte[] packet = {0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0, 12, 0, 1, 0, 1};

    assertThat(fixture.responder.respond(packet, packet.length, true)).isEqualTo(12);
  }

  @Test
  void namesGoWithTheirService() {
    fixture.with(web());
    int known = fixture.zone.size();
    fixture.discovery.put(
        Images.virtual("default", "web", "10.115.240.21", Images.endpoint("10.112.1.7", "", true)));
    await().until(() -> answer("web.default.svc.cluster.local.").contains("10.115.240.21"));
    assertThat(fixture.zone.size()).isEqualTo(known);
    assertThat(answer("10-112-1-2.web.default.svc.cluster.local.")).isEqualTo("NXDOMAIN");

    fixture.discovery.remove(new ObjectKey("default", "web"));

    await().until(() -> answer("web.default.svc.cluster.local.").equals("NXDOMAIN"));
    await().until(() -> answer("default.svc.cluster.local.").equals("NXDOMAIN"));
    assertThat(fixture.ask("21.240.115.10.in-addr.arpa.", Type.PTR).getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
    assertThat(fixture.zone.size()).isEqualTo(6);
  }

  private String answer(String name) {
    Message response = fixture.ask(name, Type.A);
    return response.getSection(Section.ANSWER).isEmpty()
        ? Rcode.string(response.getRcode())
        : response.getSection(Section.ANSWER).getFirst().rdataToString();
  }

  private static ServiceImage web() {
    return Images.virtual(
        "default", "web", "10.115.240.20", Images.endpoint("10.112.1.2", "", true));
  }

  private static ServiceImage many(int count) {
    Endpoint[] endpoints =
        IntStream.range(0, count)
            .mapToObj(i -> Images.endpoint("10.112.0." + i, "", true))
            .toArray(Endpoint[]::new);
    return Images.headless("default", "many", false, endpoints);
  }
}
