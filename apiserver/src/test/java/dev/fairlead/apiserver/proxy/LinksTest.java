package dev.fairlead.apiserver.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.api.ApiException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
  private static final List<String> ALPHABET =
      List.of(
          "<", ">", "a", " ", "href", "=", "\"", "'", "<a ", "x", "<!--", "-->", "<script", "é",
          "&");
  private static final Links LINKS = new Links("/p/proxy", "10.1.2.3:80", "api:6443");

  @ParameterizedTest
  @CsvSource({
    "/a, /p/proxy/a",
    "/, /p/proxy/",
    "/a/?q=1&r=2#f, /p/proxy/a/?q=1&r=2#f",
    "/p/proxy/a, /p/proxy/a",
    "a/b, a/b",
    "?q=1, ?q=1",
    "#top, #top",
    "http://10.1.2.3:80/a, /p/proxy/a",
    "http://api:6443/a, http://api:6443/p/proxy/a",
    "//api:6443/a, /p/proxy/a",
    "http://example.com/a, http://example.com/a",
    "//example.com/a, //example.com/a",
    "mailto:a@example.com, mailto:a@example.com",
    "/a b, /a b"
  })
  void linksToTheSameHostLeadThroughTheProxy(String link, String rewritten) {
    assertThat(LINKS.rewrite(link)).isEqualTo(rewritten);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          <a href="/x">é</a>                  | <a href="/p/proxy/x">é</a>
          <A HREF='/x' title="/x">            | <A HREF='/p/proxy/x' title="/x">
          <img src=/x alt=y>                  | <img src=/p/proxy/x alt=y>
          <a href="/x?a=1&amp;b=2">           | <a href="/p/proxy/x?a=1&amp;b=2">
          <p data="/x" href="/y">             | <p data="/x" href="/y">
          <!-- <a href="/x"> --><a href="/y"> | <!-- <a href="/x"> --><a href="/p/proxy/y">
          <script src="/s">"<a href='/x'>"</script><a href="/y"> | <script src="/p/proxy/s">"<a href='/x'>"</script><a href="/p/proxy/y">
          a < b <a href="/x                   | a < b <a href="/x
          <a title="a>b" href="/x">           | <a title="a>b" href="/p/proxy/x">
          <form action="/x" method=post/>     | <form action="/p/proxy/x" method=post/>
          """)
  void linksInTagsAreRewrittenAndNothingElse(String html, String rewritten) throws IOException {
    assertThat(copy(html)).isEqualTo(rewritten);
  }

  @Test
  void pagesWithoutAbsoluteLinksStayAsTheyAre() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String html =
          random
              .ints(random.nextInt(40), 0, ALPHABET.size())
              .mapToObj(ALPHABET::get)
              .collect(Collectors.joining());
      assertThat(copy(html)).as("page %d", i).isEqualTo(html);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "alpaca, '', alpaca, ''",
    "alpaca:8080, '', alpaca, 8080",
    "alpaca:http, '', alpaca, http",
    "https:alpaca:8080, https, alpaca, 8080",
    "http:alpaca:, http, alpaca, ''"
  })
  void namesHaveSchemesAndPorts(String text, String scheme, String name, String port) {
    assertThat(ProxyName.parse("pod", text)).isEqualTo(new ProxyName(scheme, name, port));
  }

  @ParameterizedTest
  @CsvSource({"''", ":80", "ftp:alpaca:21", "a:b:c:d", "http::80"})
  void otherNamesAreRefused(String text) {
    assertThatThrownBy(() -> ProxyName.parse("service", text))
        .isInstanceOf(ApiException.class)
        .hasMessage("invalid service request \"%s\"".formatted(text));
  }

  private static String copy(String html) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    new HtmlStream(new ByteArrayInputStream(bytes), out, LINKS::rewrite).copy();
    return out.toString(StandardCharsets.UTF_8);
  }
}
