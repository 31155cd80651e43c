/** Moves a Deployment from one pod template to the next by scaling ReplicaSets. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.deployment;
