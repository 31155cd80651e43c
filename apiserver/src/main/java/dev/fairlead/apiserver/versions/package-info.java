/** Kinds that are stored in one version and served in another one too. */
@NullMarked
package dev.fairlead.apiserver.versions;

import org.jspecify.annotations.NullMarked;
