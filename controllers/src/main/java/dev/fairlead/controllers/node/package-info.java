/** Pod ranges, heartbeats and taints of nodes, and the pods of nodes that went away. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.node;
