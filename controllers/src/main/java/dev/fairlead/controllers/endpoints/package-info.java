/** Keeps an Endpoints object beside each Service, for those who still read it. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.endpoints;
