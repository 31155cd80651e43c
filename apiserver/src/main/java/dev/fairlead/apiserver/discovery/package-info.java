/** What the API serves, as clients discover it, and the server's version and health. */
@NullMarked
package dev.fairlead.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
