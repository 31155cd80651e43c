/** Server-side tables: the columns that kubectl prints. */
@NullMarked
package dev.fairlead.apiserver.tables;

import org.jspecify.annotations.NullMarked;
