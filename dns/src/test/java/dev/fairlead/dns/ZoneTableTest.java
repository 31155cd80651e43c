package dev.fairlead.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/** Questions and answers in the manner of zone files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZoneTableTest {
  private static final String SOA =
      "; cluster.local. 30 SOA ns.dns.cluster.local. hostmaster.cluster.local."
          + " 1700000000 7200 1800 86400 30";
  private static final String REVERSE_SOA =
      "; in-addr.arpa. 30 SOA ns.dns.in-addr.arpa. hostmaster.in-addr.arpa."
          + " 1700000000 7200 1800 86400 30";

  private final ZoneFixture fixture = new ZoneFixture();

  @BeforeAll
  void fill() {
    fixture.with(
        Images.virtual("default", "web", "10.115.240.20", Images.endpoint("10.112.1.2", "", true)),
        Images.headless(
            "shop",
            "db",
            false,
            Images.endpoint("10.112.1.3", "", true),
            Images.endpoint("10.112.2.3", "Db-1", true),
            Images.endpoint("10.112.3.3", "", false)),
        Images.headless("shop", "all", true, Images.endpoint("10.112.3.4", "", false)),
        Images.headless("shop", "none", false, Images.endpoint("10.112.3.5", "", false)),
        Images.external("shop", "outside", "example.com"),
        Images.external("shop", "inside", "web.default.svc.cluster.local"));
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  static Stream<Question> questions() {
    return Stream.of(
        // a service with a virtual address
        q("web.default.svc.cluster.local. A")
            .is("NOERROR", "web.default.svc.cluster.local. 30 A 10.115.240.20"),
        q("WeB.default.svc.Cluster.local. A")
            .is("NOERROR", "WeB.default.svc.Cluster.local. 30 A 10.115.240.20"),
        q("web.default.svc.cluster.local. AAAA").is("NOERROR", SOA),
        q("web.default.svc.cluster.local. MX").is("NOERROR", SOA),
        q("web.default.svc.cluster.local. ANY").is("NOERROR", SOA),
        q("_http._tcp.web.default.svc.cluster.local. SRV")
            .is(
                "NOERROR",
                "_http._tcp.web.default.svc.cluster.local. 30 SRV"
                    + " 0 100 80 web.default.svc.cluster.local.",
                "+ web.default.svc.cluster.local. 30 A 10.115.240.20"),
        q("_dns._udp.web.default.svc.cluster.local. SRV")
            .is(
                "NOERROR",
                "_dns._udp.web.default.svc.cluster.local. 30 SRV"
                    + " 0 100 53 web.default.svc.cluster.local.",
                "+ web.default.svc.cluster.local. 30 A 10.115.240.20"),
        q("_http._udp.web.default.svc.cluster.local. SRV").is("NXDOMAIN", SOA),
        q("_http._tcp.web.default.svc.cluster.local. A").is("NOERROR", SOA),
        q("_tcp.web.default.svc.cluster.local. SRV").is("NOERROR", SOA),
        q("10-112-1-2.web.default.svc.cluster.local. A")
            .is("NOERROR", "10-112-1-2.web.default.svc.cluster.local. 30 A 10.112.1.2"),
        // headless services
        q("db.shop.svc.cluster.local. A")
            .is(
                "NOERROR",
                "db.shop.svc.cluster.local. 30 A 10.112.1.3",
                "db.shop.svc.cluster.local. 30 A 10.112.2.3"),
        q("10-112-1-3.db.shop.svc.cluster.local. A")
            .is("NOERROR", "10-112-1-3.db.shop.svc.cluster.local. 30 A 10.112.1.3"),
        q("db-1.db.shop.svc.cluster.local. A")
            .is("NOERROR", "db-1.db.shop.svc.cluster.local. 30 A 10.112.2.3"),
        q("10-112-3-3.db.shop.svc.cluster.local. A").is("NXDOMAIN", SOA),
        q("_http._tcp.db.shop.svc.cluster.local. SRV")
            .is(
                "NOERROR",
                "_http._tcp.db.shop.svc.cluster.local. 30 SRV"
                    + " 0 50 8080 10-112-1-3.db.shop.svc.cluster.local.",
                "_http._tcp.db.shop.svc.cluster.local. 30 SRV"
                    + " 0 50 8080 db-1.db.shop.svc.cluster.local.",
                "+ 10-112-1-3.db.shop.svc.cluster.local. 30 A 10.112.1.3",
                "+ db-1.db.shop.svc.cluster.local. 30 A 10.112.2.3"),
        q("all.shop.svc.cluster.local. A")
            .is("NOERROR", "all.shop.svc.cluster.local. 30 A 10.112.3.4"),
        q("none.shop.svc.cluster.local. A").is("NXDOMAIN", SOA),
        // aliases
        q("outside.shop.svc.cluster.local. A")
            .is("NOERROR", "outside.shop.svc.cluster.local. 30 CNAME example.com."),
        q("outside.shop.svc.cluster.local. CNAME")
            .is("NOERROR", "outside.shop.svc.cluster.local. 30 CNAME example.com."),
        q("inside.shop.svc.cluster.local. A")
            .is(
                "NOERROR",
                "inside.shop.svc.cluster.local. 30 CNAME web.default.svc.cluster.local.",
                "web.default.svc.cluster.local. 30 A 10.115.240.20"),
        q("any.outside.shop.svc.cluster.local. A").is("NXDOMAIN", SOA),
        // reverse
        q("20.240.115.10.in-addr.arpa. PTR")
            .is("NOERROR", "20.240.115.10.in-addr.arpa. 30 PTR web.default.svc.cluster.local."),
        q("3.2.112.10.in-addr.arpa. PTR")
            .is("NOERROR", "3.2.112.10.in-addr.arpa. 30 PTR db-1.db.shop.svc.cluster.local."),
        q("2.1.112.10.in-addr.arpa. PTR")
            .is(
                "NOERROR",
                "2.1.112.10.in-addr.arpa. 30 PTR 10-112-1-2.web.default.svc.cluster.local."),
        q("2.1.112.10.in-addr.arpa. A").is("NOERROR", REVERSE_SOA),
        q("9.9.112.10.in-addr.arpa. PTR").is("NXDOMAIN", REVERSE_SOA),
        // pods
        q("10-112-1-9.default.pod.cluster.local. A")
            .is("NOERROR", "10-112-1-9.default.pod.cluster.local. 30 A 10.112.1.9"),
        q("10-112-1-9.default.pod.cluster.local. TXT").is("NOERROR", SOA),
        q("10-112-1-999.default.pod.cluster.local. A").is("NXDOMAIN", SOA),
        q("nobody.default.pod.cluster.local. A").is("NXDOMAIN", SOA),
        q("x.10-112-1-9.default.pod.cluster.local. A").is("NXDOMAIN", SOA),
        q("default.pod.cluster.local. A").is("NOERROR", SOA),
        // the zone itself
        q("cluster.local. SOA").is("NOERROR", SOA.substring(2)),
        q("cluster.local. NS").is("NOERROR", "cluster.local. 30 NS ns.dns.cluster.local."),
        q("cluster.local. A").is("NOERROR", SOA),
        q("ns.dns.cluster.local. A").is("NOERROR", "ns.dns.cluster.local. 30 A 10.115.240.10"),
        q("dns-version.cluster.local. TXT")
            .is("NOERROR", "dns-version.cluster.local. 28800 TXT 1.1.0"),
        q("svc.cluster.local. A").is("NOERROR", SOA),
        q("default.svc.cluster.local. NS").is("NOERROR", SOA),
        q("web.default.svc.cluster.local. SOA").is("NOERROR", SOA),
        q("nobody.svc.cluster.local. A").is("NXDOMAIN", SOA),
        q("nobody.default.svc.cluster.local. A").is("NXDOMAIN", SOA),
        q("web.cluster.local. A").is("NXDOMAIN", SOA),
        // not ours
        q("example.com. A").is("REFUSED"),
        q("notcluster.local. A").is("REFUSED"),
        q("cluster.local. AXFR").is("REFUSED"));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void answers(Question question) {
    String[] words = question.text().split(" ");

    assertThat(ZoneFixture.text(fixture.ask(words[0], Type.value(words[1]))))
        .containsExactly(question.answer());
  }

  private static Question q(String text) {
    return new Question(text);
  }

  /** One line of the table. */
  record Question(String text, String... answer) {
    Question is(String... expected) {
      return new Question(text, expected);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
