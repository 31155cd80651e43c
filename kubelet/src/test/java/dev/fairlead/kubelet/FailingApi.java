package dev.fairlead.kubelet;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.client.testing.ForwardingKubeApi;
import java.util.concurrent.atomic.AtomicInteger;

/** An API that cannot be reached now and then: when objects of one type are asked for. */
final class FailingApi extends ForwardingKubeApi {
  private final ResourceType type;

  /** How many more questions are not answered. */
  final AtomicInteger failures = new AtomicInteger();

  FailingApi(KubeApi api, ResourceType type) {
    super(api);
    this.type = type;
  }

  @Override
  public Document get(Target target) {
    if (target.type().equals(type) && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ApiException(503, "ServiceUnavailable", "not now", null);
    }
    return super.get(target);
  }
}
