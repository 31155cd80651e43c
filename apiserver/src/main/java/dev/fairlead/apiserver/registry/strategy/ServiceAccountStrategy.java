package dev.fairlead.apiserver.registry.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Service accounts. Of the Secrets that they list, only the names count. */
final class ServiceAccountStrategy implements Strategy {
  private static final String ENFORCED = "kubernetes.io/enforce-mountable-secrets";

  @Override
  public ResourceType type() {
    return Kinds.SERVICE_ACCOUNT;
  }

  @Override
  public void prepareForCreate(ObjectNode account) {
    namesAlone(account);
  }

  @Override
  public void prepareForUpdate(ObjectNode account, Document old) {
    namesAlone(account);
  }

  private static void namesAlone(ObjectNode account) {
    for (JsonNode secret : account.path("secrets")) {
      if (secret instanceof ObjectNode reference) {
        reference.retain("name");
      }
    }
  }

  @Override
  public List<String> warnings(Document account, @Nullable Document old) {
    boolean enforced = account.meta().annotations().containsKey(ENFORCED);
    boolean known = old != null && old.meta().annotations().containsKey(ENFORCED);
    return enforced && !known
        ? List.of(
            "metadata.annotations[%s]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets"
                .formatted(ENFORCED))
        : List.of();
  }
}
