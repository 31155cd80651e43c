/** What objects use of their namespace's quota: pure, shared by admission and the controller. */
@NullMarked
package dev.fairlead.api.quota;

import org.jspecify.annotations.NullMarked;
