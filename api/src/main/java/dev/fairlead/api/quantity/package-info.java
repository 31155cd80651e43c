/** Amounts of resources such as {@code 250m} and {@code 64Mi}. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.quantity;
