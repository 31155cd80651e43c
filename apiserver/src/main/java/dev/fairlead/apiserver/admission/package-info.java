/** What the cluster adds to objects on their way in, and what it refuses beyond their own rules. */
@NullMarked
package dev.fairlead.apiserver.admission;

import org.jspecify.annotations.NullMarked;
