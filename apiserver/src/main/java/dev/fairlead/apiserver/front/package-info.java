/** The HTTP front: from requests to the verbs of the API and back. */
@NullMarked
package dev.fairlead.apiserver.front;

import org.jspecify.annotations.NullMarked;
