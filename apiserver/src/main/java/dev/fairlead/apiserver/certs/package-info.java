/** The cluster's certificate authority and the certificates it issues. */
@NullMarked
package dev.fairlead.apiserver.certs;

import org.jspecify.annotations.NullMarked;
