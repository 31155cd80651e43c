/** What the controllers share: their context, pod conditions, ownership. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers;
