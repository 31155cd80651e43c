/** How many pods may be disrupted now. */
@NullMarked
package dev.fairlead.controllers.disruption;

import org.jspecify.annotations.NullMarked;
