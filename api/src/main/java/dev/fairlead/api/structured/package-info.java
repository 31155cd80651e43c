/**
 * Structured merge (KEP-555): objects seen through their schema, as sets of fields. Which fields an
 * object has, what differs between two, how one is laid over another; and from that, what
 * server-side apply and every other write do to an object and to who manages its fields. Pure code.
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.structured;
