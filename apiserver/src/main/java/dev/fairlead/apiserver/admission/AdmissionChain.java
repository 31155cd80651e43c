package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.apiserver.allocation.Reservation;
import java.util.List;

/**
 * The one list of admission rules, asked in order.
 *
 * @param rules each sees what the ones before it have filled in
 */
public record AdmissionChain(List<Admission> rules) implements Admission {
  public AdmissionChain {
    rules = List.copyOf(rules);
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectNode object) {
    rules.forEach(rule -> rule.mutate(request, object));
  }

  @Override
  public Reservation admit(AdmissionRequest request, ObjectNode object) {
    Reservation all = Reservation.NONE;
    for (Admission rule : rules) {
      all = all.and(rule.admit(request, object));
    }
    return all;
  }
}
