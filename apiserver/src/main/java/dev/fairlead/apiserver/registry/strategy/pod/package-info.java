/**
 * Pods, on their own and in templates: defaults, rules, warnings, and what may change. Each file is
 * one topic of upstream's {@code pkg/apis/core/validation}, worded as there.
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.registry.strategy.pod;
