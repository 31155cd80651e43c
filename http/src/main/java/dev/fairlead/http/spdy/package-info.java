/** SPDY/3.1, server side, as far as streams opened by the client need it. */
@NullMarked
package dev.fairlead.http.spdy;

import org.jspecify.annotations.NullMarked;
