package dev.fairlead.controllers.servicecidr;

import dev.fairlead.api.ApiException;
import dev.fairlead.api.DeleteOptions;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.ResourceType;
import dev.fairlead.api.Target;
import dev.fairlead.api.WriteOptions;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.IpAddress;
import dev.fairlead.api.view.ServiceCidr;
import dev.fairlead.client.Controller;
import dev.fairlead.client.EventRecorder;
import dev.fairlead.client.KeyedWorkQueue;
import dev.fairlead.client.Reconciler;
import dev.fairlead.client.SharedInformer;
import dev.fairlead.client.WorkQueue;
import dev.fairlead.controllers.ControllerContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Services and their IPAddress objects pointing at each other, whatever people do to the
 * objects by hand (upstream: {@code ipallocator-repair-controller}). Informers only say where to
 * look; each verdict rests on what the API answers then, since one informer may be ahead of
 * another.
 *
 * <p>A key with a namespace is a Service, one without is an IPAddress.
 */
public final class AddressRepairController implements Reconciler<ObjectKey> {
  private final ControllerContext context;
  private final EventRecorder events;
  private final SharedInformer services;
  private final SharedInformer ranges;
  private final SharedInformer addresses;
  private final WorkQueue<ObjectKey> queue = new KeyedWorkQueue<>();

  private AddressRepairController(ControllerContext context) {
    this.context = context;
    this.events = context.events().as("ipallocator-repair-controller");
    this.services = context.informers().informer(Kinds.SERVICE);
    this.ranges = context.informers().informer(Kinds.SERVICE_CIDR);
    this.addresses = context.informers().informer(Kinds.IP_ADDRESS);
  }

  /** Starts the controller; it works once its informers have synced. */
  public static Controller start(ControllerContext context) {
    AddressRepairController controller = new AddressRepairController(context);
    controller.services.addListener(controller::serviceChanged);
    controller.addresses.addListener(controller::addressChanged);
    controller.ranges.addListener(controller::rangeChanged);
    return Controller.start(
        "ipaddresses",
        1,
        controller.queue,
        controller,
        controller.services,
        controller.ranges,
        controller.addresses);
  }

  @Override
  public void reconcile(ObjectKey key) {
    if (key.namespace().isEmpty()) {
      address(key);
      return;
    }
    Document seen = services.get(key);
    if (seen == null || consistent(seen)) {
      return;
    }
    Document service = get(Kinds.SERVICE, key);
    if (service != null) {
      for (String each : AddressVerdict.clusterIps(service)) {
        Ip.parse(each).ifPresent(ip -> clusterIp(service, ip));
      }
    }
  }

  /** The common case, told from memory. */
  private boolean consistent(Document service) {
    return AddressVerdict.clusterIps(service).stream()
        .allMatch(each -> {
          Document address = addresses.get(new ObjectKey("", each));
          return address != null
              && IpAddress.of(address).labelled()
              && IpAddress.of(address).ofService()
              && IpAddress.of(address).parent().equals(service.key());
        });
  }

  private void clusterIp(Document service, Ip ip) {
    Document address = get(Kinds.IP_ADDRESS, new ObjectKey("", ip.text()));
    Document holder = null;
    if (address != null && !IpAddress.of(address).parent().equals(service.key())) {
      holder = get(Kinds.SERVICE, IpAddress.of(address).parent());
    }
    switch (AddressVerdict.ofService(service, ip, inRange(ip), address, holder)) {
      case AddressVerdict.Fine() -> {}
      case AddressVerdict.Complain(String reason, String message) ->
          events.warning(service, reason, message);
      case AddressVerdict.Create(String message) -> {
        events.warning(service, "ClusterIPNotAllocated", message);
        create(service, ip);
      }
      case AddressVerdict.Recreate(String message) -> {
        if (!message.isEmpty()) {
          events.warning(service, "ClusterIPNotAllocated", message);
        }
        if (address != null) {
          delete(address);
        }
        create(service, ip);
      }
    }
  }

  /** An address whose Service is gone, or has another one. */
  private void address(ObjectKey key) {
    Document seen = addresses.get(key);
    if (seen == null || !IpAddress.of(seen).managed()) {
      return;
    }
    Document address = get(Kinds.IP_ADDRESS, key);
    if (address == null || !IpAddress.of(address).managed()) {
      return;
    }
    IpAddress object = IpAddress.of(address);
    if (!object.ofService()) {
      leaked(
          address,
          "IPAddressNotAllocated",
          "IPAddress %s appears to have been modified, not referencing a Service %s: cleaning up"
              .formatted(object.name(), address.spec().path("parentRef")));
      return;
    }
    Document service = get(Kinds.SERVICE, object.parent());
    if (service == null) {
      leaked(
          address,
          "IPAddressNotAllocated",
          "IPAddress: %s for Service %s appears to have leaked: cleaning up"
              .formatted(object.name(), object.parent()));
    } else if (!AddressVerdict.clusterIps(service).contains(object.name())) {
      leaked(
          address,
          "IPAddressWrongReference",
          "IPAddress: %s for Service %s has a wrong reference; cleaning up"
              .formatted(object.name(), service.key()));
    }
  }

  private void leaked(Document address, String reason, String message) {
    events.warning(address, reason, message);
    delete(address);
  }

  private boolean inRange(Ip ip) {
    return ranges.all().stream().anyMatch(each -> ServiceCidr.of(each).contains(ip));
  }

  private @Nullable Document get(ResourceType type, ObjectKey key) {
    try {
      return context.api().get(Target.object(type, key));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      return null;
    }
  }

  private void create(Document service, Ip ip) {
    Document _ =
        context
            .api()
            .create(
                Target.all(Kinds.IP_ADDRESS),
                Document.of(IpAddress.ofService(ip, service.key())),
                WriteOptions.NONE);
  }

  private void delete(Document address) {
    try {
      Document _ =
          context
              .api()
              .delete(
                  Target.object(Kinds.IP_ADDRESS, address.key()),
                  DeleteOptions.ofUid(address.meta().uid()));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void serviceChanged(@Nullable Document before, @Nullable Document after) {
    if (after != null) {
      queue.add(after.key());
    }
  }

  /** A range may be told of after the Services that have addresses of it. */
  private void rangeChanged(@Nullable Document before, @Nullable Document after) {
    if (before == null && after != null) {
      services.all().stream()
          .filter(service -> !consistent(service))
          .forEach(service -> queue.add(service.key()));
    }
  }

  /** A change of the object concerns the Service that it names, and the one that it named. */
  private void addressChanged(@Nullable Document before, @Nullable Document after) {
    for (Document each : new Document[] {before, after}) {
      if (each != null && IpAddress.of(each).ofService()) {
        queue.add(IpAddress.of(each).parent());
      }
    }
    if (after != null) {
      queue.add(after.key());
    }
  }
}
