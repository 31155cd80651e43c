package dev.fairlead.controllers.endpointslice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.controllers.CanonicalJson;
import dev.fairlead.controllers.SlicePlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans as few writes as possible. Pure.
 *
 * <p>Every endpoint stays in the slice that it is in. Endpoints without a slice go first into
 * slices that change anyway, then into the fullest one that takes them all, then into new slices. A
 * slice that would be created takes the place of one that would be deleted. A Service without
 * endpoints keeps one empty slice for each address type, so that "none" can be told from "not known
 * yet".
 */
final class SlicePlanner {
  private final SliceTemplate template;
  private final int endpointsMax;
  private final List<Draft> drafts = new ArrayList<>();
  private final List<Draft> created = new ArrayList<>();

  /** One slice in the making; without {@code slice} it is new. */
  private static final class Draft {
    private final List<Document> slice;
    private final List<ObjectNode> endpoints = new ArrayList<>();
    private PortGroup shape;
    private boolean dirty;

    Draft(List<Document> slice, PortGroup shape) {
      this.slice = slice;
      this.shape = shape;
    }
  }

  private SlicePlanner(SliceTemplate template, int endpointsMax) {
    this.template = template;
    this.endpointsMax = endpointsMax;
  }

  /**
   * Plans the writes for one Service.
   *
   * @param existing its slices, all managed by us
   * @param addressTypes for which there must be a slice, even an empty one
   * @param endpointsMax per slice
   */
  static SlicePlan plan(
      SliceTemplate template,
      List<Document> existing,
      List<PortGroup> wanted,
      Set<String> addressTypes,
      int endpointsMax) {
    SlicePlanner planner = new SlicePlanner(template, endpointsMax);
    Map<String, List<Document>> byShape = new LinkedHashMap<>();
    List<Document> delete = new ArrayList<>();
    for (Document slice : existing.stream().sorted(Comparator.comparing(Document::name)).toList()) {
      if (template.owns(slice)) {
        byShape.computeIfAbsent(shape(slice), any -> new ArrayList<>()).add(slice);
      } else {
        delete.add(slice);
      }
    }
    for (PortGroup group : wanted) {
      List<Document> own = byShape.remove(group.shape());
      planner.place(group, own == null ? List.of() : own);
    }
    byShape.values().forEach(delete::addAll);
    return planner.finish(delete, addressTypes);
  }

  private void place(PortGroup group, List<Document> slices) {
    Map<String, ObjectNode> left = new LinkedHashMap<>();
    group.endpoints().forEach(endpoint -> left.put(identity(endpoint), endpoint));
    List<Draft> own = new ArrayList<>();
    for (Document slice : slices) {
      Draft draft = keep(slice, group, left);
      own.add(draft);
      drafts.add(draft);
    }
    Deque<ObjectNode> homeless = new ArrayDeque<>(left.values());
    own.stream().filter(draft -> draft.dirty).forEach(draft -> fill(draft, homeless));
    own.stream()
        .filter(draft -> !draft.dirty && room(draft) >= homeless.size())
        .min(Comparator.comparingInt(this::room))
        .ifPresent(draft -> fill(draft, homeless));
    while (!homeless.isEmpty()) {
      Draft draft = new Draft(List.of(), group);
      fill(draft, homeless);
      created.add(draft);
    }
  }

  /** Keeps the endpoints of a slice that are still wanted, as they are wanted now. */
  private Draft keep(Document slice, PortGroup group, Map<String, ObjectNode> left) {
    Draft draft = new Draft(List.of(slice), group);
    draft.dirty = !template.labelled(slice);
    for (JsonNode endpoint : slice.tree().path("endpoints")) {
      boolean room = draft.endpoints.size() < endpointsMax;
      ObjectNode now = room ? left.remove(identity(endpoint)) : null;
      if (now == null) {
        draft.dirty = true;
        continue;
      }
      draft.endpoints.add(now);
      draft.dirty |= !CanonicalJson.same(endpoint, now);
    }
    return draft;
  }

  private void fill(Draft draft, Deque<ObjectNode> homeless) {
    while (!homeless.isEmpty() && room(draft) > 0) {
      draft.endpoints.add(homeless.remove());
      draft.dirty = true;
    }
  }

  private int room(Draft draft) {
    return endpointsMax - draft.endpoints.size();
  }

  private SlicePlan finish(List<Document> unwanted, Set<String> addressTypes) {
    List<Document> delete = new ArrayList<>(unwanted);
    List<Draft> kept = new ArrayList<>();
    for (Draft draft : drafts) {
      if (draft.endpoints.isEmpty()) {
        delete.addAll(draft.slice);
      } else {
        kept.add(draft);
      }
    }
    for (String type : addressTypes) {
      boolean served =
          kept.stream().anyMatch(draft -> draft.shape.addressType().equals(type))
              || created.stream().anyMatch(draft -> draft.shape.addressType().equals(type));
      if (!served) {
        keepEmpty(type, delete, kept);
      }
    }
    List<Document> update = new ArrayList<>();
    kept.stream()
        .filter(draft -> draft.dirty)
        .forEach(draft ->
            update.add(template.update(draft.slice.getFirst(), draft.shape, draft.endpoints)));
    List<Document> create = new ArrayList<>();
    for (Draft draft : created) {
      Document reused = reuse(draft.shape.addressType(), delete);
      if (reused == null) {
        create.add(template.create(draft.shape, draft.endpoints));
      } else {
        update.add(template.update(reused, draft.shape, draft.endpoints));
      }
    }
    return new SlicePlan(create, update, delete);
  }

  /** Sees to an empty slice without ports, if possible one that is there already. */
  private void keepEmpty(String type, List<Document> delete, List<Draft> kept) {
    PortGroup none = new PortGroup(type, JsonNodeFactory.instance.arrayNode(), List.of());
    for (Document slice : delete) {
      boolean fits =
          shape(slice).equals(none.shape())
              && slice.tree().path("endpoints").isEmpty()
              && template.owns(slice);
      if (fits) {
        delete.remove(slice);
        Draft draft = new Draft(List.of(slice), none);
        draft.dirty = !template.labelled(slice);
        kept.add(draft);
        return;
      }
    }
    created.add(new Draft(List.of(), none));
  }

  /**
   * Takes a slice of this address type off the list of those to delete; null when there is none.
   */
  private @Nullable Document reuse(String type, List<Document> delete) {
    for (Document slice : delete) {
      if (slice.tree().path("addressType").asText("").equals(type)) {
        delete.remove(slice);
        return slice;
      }
    }
    return null;
  }

  private static String shape(Document slice) {
    return slice.tree().path("addressType").asText("")
        + CanonicalJson.text(slice.tree().path("ports"));
  }

  private static String identity(JsonNode endpoint) {
    return endpoint.path("addresses").path(0).asText("")
        + " "
        + endpoint.path("targetRef").path("uid").asText("");
  }
}
