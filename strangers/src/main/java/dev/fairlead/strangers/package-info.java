/**
 * Programs as others write them, run beside a cluster by the tests: {@link
 * dev.fairlead.strangers.Finder} and {@link dev.fairlead.strangers.Candidate}. Nothing of Fairlead
 * is on their class path.
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.strangers;
