/** The ranges of cluster IPs while they come and go, and the objects of the addresses in use. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.servicecidr;
