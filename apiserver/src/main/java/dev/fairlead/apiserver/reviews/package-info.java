/** Requests that store nothing and answer a question: who am I, may I, whose token is this. */
@NullMarked
package dev.fairlead.apiserver.reviews;

import org.jspecify.annotations.NullMarked;
