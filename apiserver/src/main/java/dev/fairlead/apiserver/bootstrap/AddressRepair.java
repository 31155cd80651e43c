package dev.fairlead.apiserver.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.ApiException;
import dev.fairlead.api.Document;
import dev.fairlead.api.Kinds;
import dev.fairlead.api.KubeApi;
import dev.fairlead.api.ListOptions;
import dev.fairlead.api.Target;
import dev.fairlead.api.net.Ip;
import dev.fairlead.api.view.IpAddress;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every cluster IP of a stored Service its IPAddress object before the API opens: a store
 * that was written before there were such objects must not hand an address out twice. What is wrong
 * in other ways is the business of the controller that repairs while the cluster runs.
 */
final class AddressRepair {
  private static final Logger LOG = LoggerFactory.getLogger(AddressRepair.class);
  private final KubeApi api;

  AddressRepair(KubeApi api) {
    this.api = api;
  }

  void run() {
    Set<String> known = new HashSet<>();
    api.list(Target.all(Kinds.IP_ADDRESS), ListOptions.ALL)
        .items()
        .forEach(each -> known.add(each.name()));
    for (Document service : api.list(Target.all(Kinds.SERVICE), ListOptions.ALL).items()) {
      for (JsonNode address : service.spec().path("clusterIPs")) {
        Ip.parseLegacy(address.asText())
            .filter(ip -> known.add(ip.text()))
            .ifPresent(ip -> create(ip, service));
      }
    }
  }

  private void create(Ip ip, Document service) {
    LOG.info("cluster IP {} of Service {} is not allocated; repairing", ip.text(), service.key());
    try {
      Document _ =
          api.create(
              Target.all(Kinds.IP_ADDRESS),
              Document.of(IpAddress.ofService(ip, service.key())),
              Bootstrap.AS_API_SERVER);
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
    }
  }
}
