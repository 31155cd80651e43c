package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.allocation.Reservation;

/**
 * One rule about what may be written, which looks at more than the object itself: the namespace's
 * limits and quotas, classes of priority, accounts. Methods are called again for each attempt to
 * write, from any thread, and change nothing but the tree that they are given.
 */
public interface Admission {

  /**
   * Fills in what the cluster decides. A new object has its defaults by now and is validated
   * afterwards; a changed one is as the client sent it.
   *
   * @throws dev.fairlead.api.ApiException when the request is refused
   */
  default void mutate(AdmissionRequest request, ObjectNode object) {}

  /**
   * Refuses a valid object, or says what has to be committed together with it. When somebody else
   * changes what the reservation compares, this is asked again.
   *
   * @throws dev.fairlead.api.ApiException when the request is refused
   */
  default Reservation admit(AdmissionRequest request, ObjectNode object) {
    return Reservation.NONE;
  }
}
