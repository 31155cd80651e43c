/** An HTTP server under TLS whose handlers are plain blocking code on virtual threads. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.http;
