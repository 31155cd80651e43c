package dev.fairlead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Lists of 10,000 pods in one form: the first one that a server gives, and the median of those
 * after it; whole, and in pages of 500. Arguments: what to call the server, the form ({@code json},
 * {@code protobuf}, {@code table}, {@code metadata}), the pods to make first (0 when the server has
 * them), its folder, its command.
 */
public final class ListsBench {
  private static final int ROUNDS = 7;
  private static final String ALL = "/api/v1/pods";

  private enum Form {
    JSON("application/json"),
    PROTOBUF("application/vnd.kubernetes.protobuf"),
    TABLE("application/json;as=Table;v=v1;g=meta.k8s.io"),
    METADATA("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");

    private final String accept;

    Form(String accept) {
      this.accept = accept;
    }
  }

  /** One list, seen from both sides. */
  private record Sample(long firstByteNanos, long nanos, long bytes, Figures server) {}

  private final String name;
  private final Form form;
  private final ServerProcess server;
  private final ApiCaller caller;

  private ListsBench(String name, Form form, ServerProcess server, ApiCaller caller) {
    this.name = name;
    this.form = form;
    this.server = server;
    this.caller = caller;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command = List.of(arguments).subList(4, arguments.length);
    Form form = Form.valueOf(arguments[1].toUpperCase(java.util.Locale.ROOT));
    try (ServerProcess server = new ServerProcess(Path.of(arguments[3]), command);
        ApiCaller caller = server.caller()) {
      BenchPods.fill(server, Integer.parseInt(arguments[2]));
      caller.get("/api/v1/namespaces"); // connected, and the server is awake
      new ListsBench(arguments[0], form, server, caller).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    Sample[] whole = new Sample[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      Figures before = server.figures();
      long begin = System.nanoTime();
      Sample client = list("", begin);
      whole[round] =
          new Sample(
              client.firstByteNanos(),
              client.nanos(),
              client.bytes(),
              server.figures().since(before));
    }
    report("whole, first", whole[0]);
    report("whole, then", median(whole));
    if (form == Form.JSON) {
      paged();
    }
  }

  private void paged() throws IOException, InterruptedException {
    Sample[] paged = new Sample[ROUNDS];
    ObjectMapper json = new ObjectMapper();
    for (int round = 0; round < ROUNDS; round++) {
      Figures before = server.figures();
      long nanos = 0;
      long bytes = 0;
      long first = 0;
      String token = "";
      do {
        String query = "?limit=500" + (token.isEmpty() ? "" : "&continue=" + encode(token));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Sample page = list(query, System.nanoTime(), body);
        first = first == 0 ? page.firstByteNanos() : first;
        nanos += page.nanos();
        bytes += page.bytes();
        JsonNode metadata = json.readTree(body.toByteArray()).path("metadata");
        token = metadata.path("continue").asText("");
      } while (!token.isEmpty());
      paged[round] = new Sample(first, nanos, bytes, server.figures().since(before));
    }
    report("paged, then", median(paged));
  }

  private static String encode(String token) {
    return URLEncoder.encode(token, StandardCharsets.UTF_8);
  }

  private Sample list(String query, long begin) throws IOException, InterruptedException {
    return list(query, begin, new ByteArrayOutputStream());
  }

  private Sample list(String query, long begin, ByteArrayOutputStream body)
      throws IOException, InterruptedException {
    try (InputStream in = caller.open(ALL + query, form.accept)) {
      body.write(in.read());
      long first = System.nanoTime() - begin;
      in.transferTo(body);
      return new Sample(first, System.nanoTime() - begin, body.size(), new Figures(0, 0));
    }
  }

  /** Of all but the first, by the whole time. */
  private static Sample median(Sample[] samples) {
    Sample[] sorted = Arrays.copyOfRange(samples, 1, samples.length);
    Arrays.sort(sorted, Comparator.comparingLong(Sample::nanos));
    return sorted[sorted.length / 2];
  }

  private void report(String what, Sample sample) {
    System.out.printf(
        "%-16s %-8s %-12s first byte %7.1f ms  all %7.1f ms  %,11d bytes  server: %6.0f ms CPU, %6.1f MB allocated%n",
        name,
        form.name().toLowerCase(java.util.Locale.ROOT),
        what,
        sample.firstByteNanos() / 1e6,
        sample.nanos() / 1e6,
        sample.bytes(),
        sample.server().cpuNanos() / 1e6,
        sample.server().allocatedBytes() / 1e6);
  }
}
