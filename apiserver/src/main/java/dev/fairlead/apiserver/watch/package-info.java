/** The watch cache: one store watch feeds documents, event windows and every WATCH of the API. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.watch;
