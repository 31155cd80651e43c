/** Several byte streams over one upgraded connection, whatever the framing. */
@NullMarked
package dev.fairlead.http.stream;

import org.jspecify.annotations.NullMarked;
