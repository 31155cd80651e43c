/** See the room's README. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.codec;
