package dev.fairlead.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Watch;
import dev.fairlead.api.WatchEvent;
import dev.fairlead.api.codec.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch as a stream of JSON lines. Closing it breaks the connection, which ends the reader. */
final class HttpWatch implements Watch {
  private static final Logger log = LoggerFactory.getLogger(HttpWatch.class);

  private final InputStream body;
  private final BufferedReader lines;
  private final ResourceType type;

  HttpWatch(InputStream body, ResourceType type) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    this.type = type;
  }

  @Override
  public @Nullable WatchEvent next() throws InterruptedException {
    try {
      String line = lines.readLine();
      return line == null ? null : event(Json.tree(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while watching");
      }
      log.debug("watch of {} ended: {}", type, e.toString());
      return null;
    } catch (UncheckedIOException e) {
      log.debug("watch of {} broke off within a line", type);
      return null;
    }
  }

  private WatchEvent event(ObjectNode line) {
    String name = line.path("type").asText("");
    ObjectNode object = line.withObject("/object");
    if (name.equals("ERROR")) {
      throw ApiException.ofStatus(Document.of(object));
    }
    return new WatchEvent(WatchEvent.Type.valueOf(name), Document.of(object));
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      log.debug("closing the watch of {}: {}", type, e.toString());
    }
  }
}
