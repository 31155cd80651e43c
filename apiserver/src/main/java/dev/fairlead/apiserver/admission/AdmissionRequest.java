package dev.fairlead.apiserver.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.codec.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is being written.
 *
 * @param target the object's name is in it, also when it was generated
 * @param old the stored object; null for a creation
 */
public record AdmissionRequest(Target target, @Nullable Document old) {

  /** The stored object of a change. */
  public Document stored() {
    return Objects.requireNonNull(old, "a creation has no stored object");
  }

  /** Whether this creates an object of this type. */
  public boolean creates(ResourceType type) {
    return old == null && of(type);
  }

  /** Whether this changes an object of this type, and no subresource of it. */
  public boolean updates(ResourceType type) {
    return old != null && of(type);
  }

  /** Whether this changes what a pod's containers may use. */
  public boolean resizes() {
    return target.type().equals(Kinds.POD) && target.subresource().equals("resize");
  }

  private boolean of(ResourceType type) {
    return target.type().equals(type) && target.subresource().isEmpty();
  }

  /** 403, with the object's name before {@code why}. */
  public ApiException forbidden(String why) {
    ResourceType type = target.type();
    ObjectNode details = Json.object().put("name", target.name());
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    return new ApiException(
        403,
        "Forbidden",
        "%s \"%s\" is forbidden: %s".formatted(type, target.name(), why),
        details.put("kind", type.plural()));
  }
}
