/** Tokens of service accounts: made, signed, read and checked. */
@NullMarked
package dev.fairlead.apiserver.tokens;

import org.jspecify.annotations.NullMarked;
