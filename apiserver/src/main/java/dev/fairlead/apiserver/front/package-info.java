/**
 * The HTTP front: from requests to the verbs of the API and back. {@link Front} finds out who asks;
 * {@link ResourceHandler} serves what is stored, a {@link Front.Page} all else.
 *
 * <ul>
 *   <li><b>In.</b> {@link ApiPath}, {@link Queries}, {@link DeleteQueries} and {@link Options};
 *       {@link Bodies} and {@link PatchBodies}.
 *   <li><b>Out.</b> {@link Format} says what the client wants, {@link Shapes} makes it, an {@link
 *       Encodable} is written part by part to an {@link AnswerBody}; {@link Answers} has the rest.
 *   <li><b>Watches.</b> {@link WatchStream} and {@link WatchSocket}; what several are told is made
 *       once ({@link EventEncoder}, {@link SharedForms}).
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package dev.fairlead.apiserver.front;
