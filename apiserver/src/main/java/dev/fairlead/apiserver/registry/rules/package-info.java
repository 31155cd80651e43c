/** What the rules of many kinds share: paths of fields, the list of problems, single values. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.registry.rules;
