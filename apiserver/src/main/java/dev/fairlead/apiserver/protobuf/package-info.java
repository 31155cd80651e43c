/** Reads the binary form in which some clients send objects. */
@NullMarked
package dev.fairlead.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
