/** What every cluster starts with: system namespaces and the Services of the API and of DNS. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.bootstrap;
