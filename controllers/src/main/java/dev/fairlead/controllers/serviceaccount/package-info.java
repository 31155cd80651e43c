/** What every namespace is given: the default service account and the cluster's certificates. */
@org.jspecify.annotations.NullMarked
package dev.fairlead.controllers.serviceaccount;
