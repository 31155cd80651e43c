/** What upstream knows of each API type: fields, formats, lists, and the checks that follow. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.schema;
