/** Services, EndpointSlices and Nodes joined into one immutable image plus deltas. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.discovery;
