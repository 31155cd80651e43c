/** Who asks, and whether they may. */
@NullMarked
package dev.fairlead.apiserver.auth;

import org.jspecify.annotations.NullMarked;
