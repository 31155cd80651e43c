/** End to end: a cluster in namespaces, stock kubectl, dig and curl, packets. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.tests;
