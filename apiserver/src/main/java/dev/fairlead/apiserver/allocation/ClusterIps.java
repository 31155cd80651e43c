package dev.fairlead.apiserver.allocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.FieldError;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.ObjectKey;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.IpAddress;
import dev.fairlead.apiserver.registry.meta.SystemFields;
import dev.fairlead.store.Store.Compare;
import dev.fairlead.store.Store.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cluster IP of a Service: an IPAddress object at upstream's place, written and removed in the
 * transaction of the Service itself.
 */
final class ClusterIps {
  private final ServiceRanges ranges;
  private final UsedAddresses used;
  private final SystemFields fields;
  private final RandomGenerator random;
  private final Runnable catchUp;

  ClusterIps(
      ServiceRanges ranges,
      UsedAddresses used,
      SystemFields fields,
      RandomGenerator random,
      Runnable catchUp) {
    this.ranges = ranges;
    this.used = used;
    this.fields = fields;
    this.random = random;
    this.catchUp = catchUp;
  }

  /** What one write of a Service takes and gives back; fills the address into {@code next}. */
  Reservation reserve(@Nullable Document old, @Nullable ObjectNode next) {
    String held = old == null ? "" : addressOf(old.spec());
    String wanted = "";
    List<Compare> compares = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    if (next != null && next.get("spec") instanceof ObjectNode spec && needs(spec)) {
      ObjectKey service = key(next);
      wanted = Ip.canonical(ServiceNeeds.clusterIpOf(spec));
      if (wanted.isEmpty() || !wanted.equals(held)) {
        Taken taken = wanted.isEmpty() ? any(spec) : asked(service.name(), spec, wanted);
        wanted = taken.ip().text();
        compares.addAll(taken.unchanged());
        take(taken.ip(), service, compares, operations);
      }
    }
    if (!held.isEmpty() && !held.equals(wanted)) {
      operations.add(new Operation.Delete(storageKey(held)));
    }
    return new Reservation(compares, operations);
  }

  private record Taken(Ip ip, List<Compare> unchanged) {}

  private Taken any(ObjectNode spec) {
    Taken taken = pick();
    if (taken == null) {
      catchUp.run();
      taken = pick();
    }
    if (taken == null) {
      throw ApiException.internal("failed to allocate a serviceIP: range is full");
    }
    String text = taken.ip().text();
    spec.put("clusterIP", text);
    spec.putArray("clusterIPs").add(text);
    return taken;
  }

  private @Nullable Taken pick() {
    for (ServiceRanges.Offer offer : ranges.usable()) {
      OptionalLong picked = offer.range().pick(random, used::contains);
      if (picked.isPresent()) {
        return new Taken(new Ip(Ip.Family.IPv4, 0, picked.getAsLong()), offer.unchanged());
      }
    }
    return null;
  }

  private Taken asked(String name, ObjectNode spec, String address) {
    Ip ip = Ip.parse(address).orElseThrow(() -> mismatch(name, spec, address));
    Optional<ServiceRanges.Offer> offer = offering(ip);
    if (offer.isEmpty()) {
      catchUp.run();
      offer = offering(ip);
    }
    if (offer.isEmpty()) {
      throw mismatch(name, spec, address);
    }
    if (taken(ip)) {
      throw refused(name, spec, address, "provided IP is already allocated");
    }
    return new Taken(ip, offer.get().unchanged());
  }

  private Optional<ServiceRanges.Offer> offering(Ip ip) {
    return ranges.usable().stream().filter(each -> each.range().offers(ip)).findFirst();
  }

  /** What looks taken may just have been given back. */
  private boolean taken(Ip ip) {
    if (!used.contains(ip.low())) {
      return false;
    }
    catchUp.run();
    return used.contains(ip.low());
  }

  private void take(Ip ip, ObjectKey service, List<Compare> compares, List<Operation> operations) {
    ObjectNode object = IpAddress.ofService(ip, service);
    fields.create((ObjectNode) object.get("metadata"), false);
    String key = storageKey(ip.text());
    compares.add(new Compare(key, 0));
    operations.add(new Operation.Put(key, Json.bytes(object)));
  }

  private static boolean needs(JsonNode spec) {
    return ServiceNeeds.clusterIp(spec);
  }

  private static String addressOf(JsonNode spec) {
    return needs(spec) ? Ip.canonical(ServiceNeeds.clusterIpOf(spec)) : "";
  }

  private static ObjectKey key(JsonNode service) {
    JsonNode metadata = service.path("metadata");
    return new ObjectKey(metadata.path("namespace").asText(""), metadata.path("name").asText(""));
  }

  private static String storageKey(String address) {
    return Kinds.IP_ADDRESS.storageKey(new ObjectKey("", address));
  }

  /** Names the ranges, as upstream did while there was but one. */
  private ApiException mismatch(String name, ObjectNode spec, String address) {
    String valid =
        ranges.usable().stream()
            .map(offer -> offer.range().cidr().text())
            .collect(Collectors.joining(", "));
    return refused(
        name,
        spec,
        address,
        "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
            .formatted(address, valid));
  }

  private static ApiException refused(String name, ObjectNode spec, String address, String why) {
    return ApiException.invalid(
        Kinds.SERVICE,
        name,
        List.of(
            FieldError.invalid(
                "spec.clusterIPs",
                spec.path("clusterIPs"),
                "failed to allocate IP %s: %s".formatted(address, why))));
  }
}
