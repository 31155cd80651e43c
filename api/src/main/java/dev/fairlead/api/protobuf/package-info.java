/**
 * The binary form of objects, {@code application/vnd.kubernetes.protobuf}, driven by the schema.
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.api.protobuf;
