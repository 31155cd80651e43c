/** What every consumer of the API holds: informers, work queues, events, transports. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.client;
