/** The life of a pod: decisions in records, one worker per pod that acts. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.kubelet.pod;
