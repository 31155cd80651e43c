package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.apiserver.allocation.Reservation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Gives pods the defaults of their namespace's LimitRanges, and holds them to their bounds: those
 * that are created, and those that are resized and not yet on their way out.
 */
public final class LimitRangeAdmission implements Admission {
  private final ClusterState cluster;

  public LimitRangeAdmission(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectNode object) {
    if (applies(request)) {
      ranges(request).forEach(range -> LimitDefaults.apply(range.spec(), object));
    }
  }

  @Override
  public Reservation admit(AdmissionRequest request, ObjectNode object) {
    if (applies(request)) {
      for (Document range : ranges(request)) {
        List<String> problems =
            new ArrayList<>(
                new LinkedHashSet<>(LimitBounds.problems(range.spec(), object.path("spec"))));
        if (!problems.isEmpty()) {
          throw request.forbidden(problems.size() == 1 ? problems.getFirst() : problems.toString());
        }
      }
    }
    return Reservation.NONE;
  }

  private static boolean applies(AdmissionRequest request) {
    return request.creates(Kinds.POD) || (request.resizes() && !request.stored().meta().deleting());
  }

  private List<Document> ranges(AdmissionRequest request) {
    return cluster.list(Kinds.LIMIT_RANGE, request.target().namespace());
  }
}
