package dev.fairlead.proxy;

import dev.fairlead.discovery.ServiceImage;
import org.jspecify.annotations.Nullable;

/** Says which elements a service wants in the kernel. Pure. */
final class Planner {
  private final ProxySettings settings;

  Planner(ProxySettings settings) {
    this.settings = settings;
  }

  /**
   * @param service null when it is gone
   * @param before the plan that this one follows; endpoints that stay keep their numbers
   */
  ServicePlan plan(@Nullable ServiceImage service, ServicePlan before) {
    if (service == null || service.headless() || service.externalName() != null) {
      return ServicePlan.NONE;
    }
    PlanBuilder builder = new PlanBuilder(service, settings.nodeName(), before);
    service.ports().forEach(builder::addPort);
    return builder.build();
  }
}
