/** Mirrors hand-made Endpoints of Services without a selector to EndpointSlices. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.mirroring;
