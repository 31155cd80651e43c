/** WebSocket (RFC 6455), server side: one connection as messages, as bytes, or as channels. */
@NullMarked
package dev.fairlead.http.websocket;

import org.jspecify.annotations.NullMarked;
