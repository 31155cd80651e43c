/** Pretend servers, for tests of what is a client of them. */
@NullMarked
package dev.fairlead.http.testing;

import org.jspecify.annotations.NullMarked;
