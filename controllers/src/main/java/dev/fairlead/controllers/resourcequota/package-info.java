/** What the objects of a namespace use of its quotas. */
@NullMarked
package dev.fairlead.controllers.resourcequota;

import org.jspecify.annotations.NullMarked;
