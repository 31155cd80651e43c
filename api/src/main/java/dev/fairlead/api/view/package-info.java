/** Small records over documents, each with only the fields that Fairlead acts on. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.view;
