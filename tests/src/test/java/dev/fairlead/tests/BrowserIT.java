package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** kuard's pages in a real browser: through a forwarded port, and at a node port. */
final class BrowserIT {
  private static final String PAGE = "http://localhost:48858";
  private static LocalClusterFixture cluster;
  private static String pod;
  private static Process forward;
  private static Browser browser;

  @BeforeAll
  static void up() throws IOException {
    cluster = LocalClusterFixture.create();
    cluster.up("--store", "memory");
    Path file = cluster.home.resolveSibling("alpaca.yaml");
    Files.writeString(
        file,
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: alpaca-prod}
        spec:
          replicas: 3
          selector: {matchLabels: {app: alpaca-prod}}
          template:
            metadata: {labels: {app: alpaca-prod}}
            spec:
              containers:
              - name: kuard
                image: gcr.io/kuar-demo/kuard-amd64:blue
                ports: [{containerPort: 8080}]
                readinessProbe:
                  httpGet: {path: /ready, port: 8080}
                  periodSeconds: 2
                  failureThreshold: 3
        """);
    cluster.kubectl("apply", "-f", file.toString()).ok();
    cluster.kubectl("expose", "deployment", "alpaca-prod", "--type=NodePort").ok();
    cluster.awaitDeployment("alpaca-prod", 3);
    pod = cluster.field("pods", "-lapp=alpaca-prod", ".items[0].metadata.name");
    forward = cluster.outer.start("kubectl", "port-forward", pod, "48858:8080");
    // Stays open: kubectl writes a line for each connection and would die of a closed pipe.
    BufferedReader said = forward.inputReader();
    assertThat(said.readLine()).isEqualTo("Forwarding from 127.0.0.1:48858 -> 8080");
    browser = Browser.start(cluster.outer);
  }

  @AfterAll
  static void down() throws IOException {
    if (browser != null) {
      browser.close();
    }
    forward.destroy();
    cluster.close();
  }

  @Test
  void theFirstPage_showsTheRequest() throws IOException {
    open("/");
    browser.screenshot("request");
    assertThat(text("h1")).isEqualTo("Demo application version blue");
    assertThat(text("header")).contains(pod, cluster.field("pod", pod, ".status.podIP"));
    assertThat(text("#request")).contains("GET / HTTP/1.1", "Host: localhost:48858");
  }

  @Test
  void serverEnv_hasTheServicesVariables() throws IOException {
    open("/-/env");
    awaitText("#env", "KUBERNETES_SERVICE_HOST");
    browser.screenshot("env");
    assertThat(text("#env")).contains("HOSTNAME " + pod, "KUBERNETES_SERVICE_PORT 443");
  }

  @Test
  void dnsQuery_answersInDigsLayout_andRefusesWhatIsNoName() throws IOException {
    open("/-/dns");
    query("alpaca-prod");
    String address = cluster.field("service", "alpaca-prod", ".spec.clusterIP");
    awaitText(
        "#dns-result",
        "alpaca-prod.default.svc.cluster.local.\t30\tIN\tA\t" + address,
        ";; ANSWER");
    assertThat(text("#dns-result"))
        .contains("flags: qr aa rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0");
    browser.screenshot("dns");
    query("alpaca..prod");
    awaitText("#problem", "is not a DNS name");
    query("alpaca-prod.default");
    awaitText("#dns-result", "\t30\tIN\tA\t" + address);
    assertThat(text("#problem")).isEmpty();
  }

  @Test
  void fail_takesThePodOutOfTheEndpoints_succeedBringsItBack_andThePageFollows()
      throws IOException {
    String address = cluster.field("pod", pod, ".status.podIP") + ":8080";
    open("/-/readiness");
    click("Fail");
    awaitText("#probe-state", "It fails for ever.");
    awaitText("#probe-rows", "500");
    cluster.awaitKubectl(
        list -> !list.contains(address), "get", "endpoints", "alpaca-prod", "--no-headers");
    browser.screenshot("readiness-failing");
    String newest = firstRow();
    await().until(() -> !firstRow().equals(newest)); // Nobody reloads the page.
    click("Succeed");
    awaitText("#probe-state", "It succeeds.");
    cluster.awaitKubectl(
        list -> list.contains(address), "get", "endpoints", "alpaca-prod", "--no-headers");
    awaitText("#probe-rows", "200");
    browser.screenshot("readiness");
  }

  @Test
  void aNodePort_opensToo() throws IOException {
    String port = cluster.field("service", "alpaca-prod", ".spec.ports[0].nodePort");
    browser.driver().get("http://10.111.0.11:" + port + "/");
    browser.screenshot("node-port");
    assertThat(text("h1")).isEqualTo("Demo application version blue");
    assertThat(text("header"))
        .containsAnyOf(
            cluster.field("pods", "-lapp=alpaca-prod", ".items[*].metadata.name").split(" ", -1));
  }

  private static void open(String path) {
    browser.driver().get(PAGE + path);
  }

  /** What a reader sees, cells of a row with a space between them. */
  private static String text(String selector) {
    return property(selector, "innerText").replace('\t', ' ').strip();
  }

  /**
   * In one step, for the page replaces rows while we look; empty where there is no such element.
   */
  private static String property(String selector, String name) {
    String script = "return document.querySelector(arguments[0])?.[arguments[1]] ?? ''";
    return String.valueOf(browser.driver().executeScript(script, selector, name));
  }

  private static String firstRow() {
    return text("#probe-rows tr:first-child td:first-child");
  }

  private static void awaitText(String selector, String... parts) {
    await().untilAsserted(() -> assertThat(property(selector, "textContent")).contains(parts));
  }

  private static void click(String link) {
    browser.driver().findElement(By.linkText(link)).click();
  }

  private static void query(String name) {
    WebElement field = browser.driver().findElement(By.name("name"));
    field.clear();
    field.sendKeys(name);
    browser.driver().findElement(By.cssSelector("#dns-form button")).click();
  }
}
