/** Extracts the schema of the API from the official Java client's artifacts, at build time. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.schema.extract;
