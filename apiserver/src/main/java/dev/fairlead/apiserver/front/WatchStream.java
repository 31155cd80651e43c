package dev.fairlead.apiserver.front;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.Target;
import dev.fairlead.api.Warnings;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.protobuf.Protobuf;
import dev.fairlead.api.select.FieldSelector;
import dev.fairlead.http.HttpExchange;
import dev.fairlead.http.HttpExchange.Header;
import dev.fairlead.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Streams a watch: one JSON event per line, or one protobuf event per frame. The object's bytes are
 * those that every other watcher of that encoding gets. Flushing after each event is cheap: the
 * transport sends together what comes together.
 */
final class WatchStream {
  private static final long DEFAULT_SECONDS_MIN = 1800;
  private static final String ERROR = "ERROR";
  private static final Map<String, byte[]> LINE_STARTS =
      Stream.concat(Arrays.stream(WatchEvent.Type.values()).map(Enum::name), Stream.of(ERROR))
          .collect(Collectors.toUnmodifiableMap(Function.identity(), WatchStream::lineStart));
  private static final byte[] LINE_END = {'}', '\n'};

  private final Shapes shapes;
  private final SharedForms shared = new SharedForms();
  private final ScheduledExecutorService timer;
  private final RandomGenerator random;

  WatchStream(Shapes shapes, ScheduledExecutorService timer, RandomGenerator random) {
    this.shapes = shapes;
    this.timer = timer;
    this.random = random;
  }

  void serve(HttpExchange exchange, KubeApi api, Target target)
      throws IOException, InterruptedException {
    Format format = Format.ofWatch(exchange.request());
    long asked = Queries.number(exchange.request(), "timeoutSeconds", 0);
    long seconds =
        asked > 0 ? asked : random.nextLong(DEFAULT_SECONDS_MIN, 2 * DEFAULT_SECONDS_MIN);
    String fields = fieldSelector(exchange.request(), target);
    Target collection = Target.collection(target.type(), target.namespace());
    EventEncoder encoder =
        new EventEncoder(shapes, shared, exchange.request(), format, target.type());
    try (Watch watch = api.watch(collection, Queries.watch(exchange.request(), fields, seconds))) {
      exchange.onClose(watch::close);
      Future<?> end = timer.schedule(watch::close, seconds, TimeUnit.SECONDS);
      try (OutputStream out = open(exchange, format, watch)) {
        out.flush();
        copy(watch, encoder, frames(format), out);
      } finally {
        end.cancel(false);
      }
    }
  }

  private static OutputStream open(HttpExchange exchange, Format format, Watch watch)
      throws IOException {
    if (WatchSocket.isAsked(exchange.request())) {
      boolean text = format.encoding() != Format.Encoding.PROTOBUF;
      return WatchSocket.accept(exchange, text, watch::close);
    }
    List<Header> headers = new ArrayList<>(WarningHeaders.of(Warnings.texts()));
    headers.add(new Header("Content-Type", mediaType(format)));
    headers.add(new Header("Cache-Control", "no-cache, private"));
    return exchange.stream(200, headers);
  }

  private static String mediaType(Format format) {
    return format.encoding() == Format.Encoding.PROTOBUF
        ? Protobuf.WATCH_MEDIA_TYPE
        : format.encoding().mediaType();
  }

  /** A path with a name watches one object; a selector may only say the same. */
  private static String fieldSelector(HttpRequest request, Target target) {
    String fields = Queries.text(request, "fieldSelector");
    if (target.name().isEmpty()) {
      return fields;
    }
    boolean same =
        FieldSelector.parse(target.type(), fields).terms().stream()
            .anyMatch(term ->
                term.equal()
                    && term.field().equals("metadata.name")
                    && term.value().equals(target.name()));
    if (!fields.isEmpty() && !same) {
      throw ApiException.badRequest("fieldSelector metadata.name doesn't match requested name");
    }
    return fields.isEmpty() ? "metadata.name=" + target.name() : fields;
  }

  private static void copy(Watch watch, EventEncoder encoder, Frames frames, OutputStream out)
      throws IOException, InterruptedException {
    try {
      for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
        frames.write(out, event.type().name(), encoder.encode(event));
        out.flush();
      }
    } catch (ApiException e) {
      frames.write(out, ERROR, e.status());
      out.flush();
    }
  }

  /** How one event travels. */
  private interface Frames {
    void write(OutputStream out, String type, Document object) throws IOException;
  }

  private static Frames frames(Format format) {
    return format.encoding() == Format.Encoding.PROTOBUF
        ? (out, type, object) -> Answers.envelope(object).writeEvent(out, type)
        : WatchStream::line;
  }

  private static byte[] lineStart(String type) {
    return ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
  }

  private static void line(OutputStream out, String type, Document object) throws IOException {
    out.write(LINE_STARTS.get(type));
    out.write(object.json());
    out.write(LINE_END);
  }
}
