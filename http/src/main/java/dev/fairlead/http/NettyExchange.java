package dev.fairlead.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over Netty. The handler's thread calls the methods of {@link
 * HttpExchange}; the event loop calls {@link #gone()}.
 */
final class NettyExchange implements HttpExchange {
  private final Exchanges owner;
  private final HttpRequest request;
  private final Inlet body;
  private final boolean http11;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final List<Runnable> closeActions = new ArrayList<>();
  private volatile boolean gone;
  private boolean asked;
  private volatile @Nullable Outlet outlet;
  private volatile @Nullable RawConnection raw;

  NettyExchange(Exchanges owner, HttpRequest request, Inlet body, boolean http11) {
    this.owner = owner;
    this.request = request;
    this.body = body;
    this.http11 = http11;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public void respond(int status, List<Header> headers, byte[] bytes) throws IOException {
    HttpResponse head = begin(status, headers);
    boolean bodiless = status == 204 || status == 304;
    if (!bodiless) {
      head.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    }
    try (Outlet out = open(head)) {
      if (!bodiless && !isHead()) {
        out.write(bytes);
      }
    }
  }

  @Override
  public OutputStream stream(int status, List<Header> headers) throws IOException {
    Outlet out = open(begin(status, headers));
    if (!isHead()) {
      return out;
    }
    out.close();
    return OutputStream.nullOutputStream();
  }

  @Override
  public Duplex upgrade(List<Header> headers) throws IOException {
    if (owner.multiplexed() || !http11) {
      throw new IOException("only HTTP/1.1 connections can be upgraded");
    }
    HttpResponse head = begin(HttpResponseStatus.SWITCHING_PROTOCOLS.code(), headers);
    if (!head.headers().contains(HttpHeaderNames.CONNECTION)) {
      head.headers().set(HttpHeaderNames.CONNECTION, "Upgrade");
    }
    RawConnection connection = owner.rawConnection();
    raw = connection;
    owner.switchTo(head, connection);
    return connection;
  }

  @Override
  public void onClose(Runnable action) {
    boolean now;
    synchronized (closeActions) {
      now = asked;
      if (!now) {
        closeActions.add(action);
      }
    }
    if (now) {
      action.run();
    }
  }

  boolean peerGone() {
    return gone;
  }

  /** The handler has returned: an answer it forgot is given, a stream it left open is ended. */
  void finish() throws IOException {
    if (!answered.get()) {
      respond(500, List.of(), "the handler did not answer\n".getBytes(StandardCharsets.UTF_8));
    }
    Outlet out = outlet;
    if (out != null) {
      out.close();
    }
    RawConnection connection = raw;
    if (connection != null) {
      connection.close();
    }
  }

  /** The handler has failed: this answer if nothing was sent yet, else the connection is cut. */
  void fail(int status, String why) {
    if (answered.get()) {
      owner.abort();
      return;
    }
    try {
      respond(
          status,
          List.of(new Header("content-type", "text/plain")),
          (why + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      owner.abort(); // The peer has gone meanwhile, so there is nobody to tell.
    }
  }

  /** The peer has gone: reads and writes throw from now on. */
  void gone() {
    gone = true;
    body.gone();
    Outlet out = outlet;
    if (out != null) {
      out.gone();
    }
    ask();
  }

  /** Runs the close actions, once, off the event loop. */
  void ask() {
    List<Runnable> actions;
    synchronized (closeActions) {
      asked = true;
      actions = List.copyOf(closeActions);
      closeActions.clear();
    }
    if (!actions.isEmpty()) {
      Thread.ofVirtual().name("http-close").start(() -> actions.forEach(Runnable::run));
    }
  }

  void writable(boolean now) {
    Outlet out = outlet;
    if (out != null) {
      out.writable(now);
    }
  }

  Inlet body() {
    return body;
  }

  @Override
  public String toString() {
    return request.method() + " " + request.path();
  }

  private boolean isHead() {
    return request.method().equals(HttpMethod.HEAD.name());
  }

  private HttpResponse begin(int status, List<Header> headers) throws IOException {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException("the exchange is already answered");
    }
    if (gone) {
      throw new IOException("the peer has gone");
    }
    HttpResponse head =
        new io.netty.handler.codec.http.DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    headers.forEach(header -> head.headers().add(header.name(), header.value()));
    return head;
  }

  private Outlet open(HttpResponse head) {
    boolean sized = head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    int status = head.status().code();
    boolean keep = http11 || sized;
    if (!sized && !owner.multiplexed() && http11 && status != 204 && status != 304) {
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");
    }
    Outlet out = owner.outlet(NettyExchange::content, () -> owner.end(this, keep));
    outlet = out;
    owner.send(head, !sized);
    if (gone) {
      out.gone();
    }
    return out;
  }

  private static Object content(ByteBuf bytes) {
    return new DefaultHttpContent(bytes);
  }

  static Object lastContent() {
    return LastHttpContent.EMPTY_LAST_CONTENT;
  }
}
