/** Keeps EndpointSlices in line with Services and the pods that they select. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.endpointslice;
