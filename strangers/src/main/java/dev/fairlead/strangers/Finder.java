package dev.fairlead.strangers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.kubernetes.commons.discovery.DefaultKubernetesServiceInstance;
import org.springframework.cloud.kubernetes.commons.discovery.EndpointNameAndNamespace;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * A Spring Boot application that finds services with Spring Cloud Kubernetes, of whichever flavour
 * is on the class path. It writes a line {@code found SERVICE=[INSTANCES]…} when what it finds has
 * changed, and a line {@code beat [NAMESPACE/POD, …]} for each heartbeat of the catalog watch.
 */
@SpringBootApplication
@EnableScheduling
public class Finder {
  private final DiscoveryClient client;
  private String found = "";

  Finder(DiscoveryClient client) {
    this.client = client;
  }

  /** Runs until it is killed; the arguments are settings, {@code --name=value}. */
  public static void main(String[] arguments) {
    SpringApplication.run(Finder.class, arguments);
  }

  /** Looks again. */
  @Scheduled(fixedDelay = 200)
  void look() {
    Map<String, List<String>> now = new TreeMap<>();
    for (String service : client.getServices()) {
      now.put(
          service, client.getInstances(service).stream().map(Finder::describe).sorted().toList());
    }
    if (!now.toString().equals(found)) {
      found = now.toString();
      say("found " + found);
    }
  }

  /** Says what the catalog watch has seen. */
  @EventListener
  void beat(HeartbeatEvent event) {
    if (event.getValue() instanceof List<?> state) {
      say(
          "beat "
              + state.stream()
                  .map(EndpointNameAndNamespace.class::cast)
                  .map(each -> each.namespace() + "/" + each.endpointName())
                  .collect(Collectors.joining(", ", "[", "]")));
    }
  }

  private static String describe(ServiceInstance instance) {
    String pod =
        instance instanceof DefaultKubernetesServiceInstance kubernetes
            ? new TreeMap<>(kubernetes.podMetadata()).toString()
            : "";
    return "%s %s %s"
        .formatted(instance.getUri(), new TreeMap<>(instance.getMetadata()), pod)
        .strip();
  }

  @SuppressWarnings("SystemOut")
  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
