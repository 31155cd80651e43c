/** A pretend API server in memory, for tests of everything that is a client of the API. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.client.testing;
