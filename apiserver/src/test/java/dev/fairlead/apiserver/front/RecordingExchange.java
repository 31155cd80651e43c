package dev.fairlead.apiserver.front;

import dev.fairlead.http.ClientCertificate;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request without a connection; it keeps how it is answered. */
final class RecordingExchange implements HttpExchange {
  private final Map<String, List<String>> query = new HashMap<>();
  private final Map<String, List<String>> headers = new HashMap<>();
  final List<Header> answered = new ArrayList<>();
  final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** {@code whole}, {@code streaming} or {@code streamed}; empty before the answer. */
  String state = "";

  /** The largest part that was sent at once. */
  int largest;

  RecordingExchange header(String name, String value) {
    headers.put(name, List.of(value));
    return this;
  }

  RecordingExchange parameter(String name, String value) {
    query.put(name, List.of(value));
    return this;
  }

  @Nullable String answeredHeader(String name) {
    return answered.stream()
        .filter(each -> each.name().equals(name))
        .map(Header::value)
        .findFirst()
        .orElse(null);
  }

  @Override
  public HttpRequest request() {
    return new HttpRequest(
        "GET",
        "/",
        "/",
        "",
        query,
        headers,
        new ByteArrayInputStream(new byte[0]),
        new InetSocketAddress(0),
        ClientCertificate.NONE);
  }

  @Override
  public void respond(int status, List<Header> given, byte[] bytes) {
    begin("whole", given);
    body.writeBytes(bytes);
  }

  @Override
  public OutputStream stream(int status, List<Header> given) {
    begin("streaming", given);
    return new OutputStream() {
      @Override
      public void write(int octet) {
        body.write(octet);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        largest = Math.max(largest, length);
        body.write(bytes, from, length);
      }

      @Override
      public void close() {
        state = "streamed";
      }
    };
  }

  private void begin(String how, List<Header> given) {
    if (!state.isEmpty()) {
      throw new IllegalStateException("answered twice");
    }
    state = how;
    answered.addAll(given);
  }

  @Override
  public Duplex upgrade(List<Header> given) throws IOException {
    throw new IOException("not an HTTP/1.1 connection");
  }

  @Override
  public void onClose(Runnable action) {}
}
