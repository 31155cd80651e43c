/** gRPC as a client: one unary call over a connection without TLS. */
@NullMarked
package dev.fairlead.http.grpc;

import org.jspecify.annotations.NullMarked;
