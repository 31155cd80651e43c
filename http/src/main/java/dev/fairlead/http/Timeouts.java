package dev.fairlead.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives up an HTTP/1.1 connection that idles between requests or sends its headers too slowly.
 * Belongs to the event loop.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write closes the channel, which is heard of
final class Timeouts extends ChannelInboundHandlerAdapter {
  private final HttpServerSettings settings;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> timer;
  private boolean idle;

  Timeouts(HttpServerSettings settings) {
    this.settings = settings;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    arm(settings.headerTimeout());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    disarm();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    disarm();
    inactive.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object bytes) {
    if (idle) {
      idle = false;
      arm(settings.headerTimeout());
    }
    reading.fireChannelRead(bytes);
  }

  /** The headers have arrived: from here the exchange has its own bounds. */
  void headersComplete() {
    idle = false;
    disarm();
  }

  /** The answer is out; the next request may take its time. */
  void exchangeComplete() {
    idle = true;
    arm(settings.idleTimeout());
  }

  private void arm(Duration after) {
    disarm();
    ChannelHandlerContext here = context;
    if (here != null) {
      timer = here.executor().schedule(() -> here.close(), after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
