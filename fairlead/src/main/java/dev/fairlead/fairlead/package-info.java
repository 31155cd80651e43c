/** See the README of this room. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.fairlead;
