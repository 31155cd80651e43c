/** Keeps as many pods of a template as a ReplicaSet asks for. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.replicaset;
