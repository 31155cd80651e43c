/** OpenAPI documents built from the schema and the list of kinds. */
@NullMarked
package dev.fairlead.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
