/** Patches: JSON patch, merge patch and strategic merge patch, applied to documents. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.patch;
