/** Every decoder against bytes that nobody meant. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.tests.fuzz;
