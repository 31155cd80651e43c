package dev.fairlead.apiserver.tables;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.Document;
import dev.fairlead.api.OwnerReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The cells of the kinds whose columns are more than one field. */
final class Cells {
  static final String NONE = "<none>";
  private static final int SHOWN_MAX = 3;

  private Cells() {}

  static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  static Column.Cell at(String pointer, String otherwise) {
    JsonPointer at = JsonPointer.compile(pointer);
    return (object, now) -> {
      String text = object.tree().at(at).asText("");
      return text.isEmpty() ? otherwise : text;
    };
  }

  static Column.Cell numberAt(String pointer) {
    JsonPointer at = JsonPointer.compile(pointer);
    return (object, now) -> object.tree().at(at).asLong();
  }

  static Column.Cell sizeAt(String... pointers) {
    List<JsonPointer> all = Stream.of(pointers).map(JsonPointer::compile).toList();
    return (object, now) -> {
      long size = 0;
      for (JsonPointer pointer : all) {
        size += object.tree().at(pointer).size();
      }
      return size;
    };
  }

  /** A plain map of labels, {@code a=b,c=d}. */
  static String labels(JsonNode map) {
    TreeSet<String> all = new TreeSet<>();
    map.properties().forEach(each -> all.add(each.getKey() + "=" + each.getValue().asText()));
    return orNone(String.join(",", all));
  }

  /** A LabelSelector, in the query form. */
  static String selector(JsonNode selector) {
    TreeSet<String> all = new TreeSet<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(each -> all.add(each.getKey() + "=" + each.getValue().asText()));
    for (JsonNode each : selector.path("matchExpressions")) {
      String key = each.path("key").asText();
      String values = "(" + join(each.path("values"), "") + ")";
      all.add(
          switch (each.path("operator").asText()) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            default -> key;
          });
    }
    return orNone(String.join(",", all));
  }

  /** The texts of an array, or one field of each element, with commas. */
  static String join(JsonNode array, String field) {
    StringJoiner text = new StringJoiner(",");
    array.forEach(each -> text.add(field.isEmpty() ? each.asText() : each.path(field).asText()));
    return text.toString();
  }

  /** The controlling object, {@code statefulset.apps/web}. */
  static String controller(Document object) {
    OwnerReference owner = object.meta().controller();
    if (owner == null) {
      return NONE;
    }
    int slash = owner.apiVersion().indexOf('/');
    String group = slash < 0 ? "" : "." + owner.apiVersion().substring(0, slash);
    return owner.kind().toLowerCase(Locale.ROOT) + group + "/" + owner.name();
  }

  static String clusterIp(Document service) {
    String first = service.spec().path("clusterIPs").path(0).asText("");
    return orNone(first.isEmpty() ? service.spec().path("clusterIP").asText("") : first);
  }

  static String externalIp(Document service) {
    String fixed = join(service.spec().path("externalIPs"), "");
    return switch (service.spec().path("type").asText("")) {
      case "ExternalName" -> orNone(service.spec().path("externalName").asText(""));
      case "LoadBalancer" -> {
        StringJoiner all = new StringJoiner(",");
        for (JsonNode ingress : service.status().at("/loadBalancer/ingress")) {
          String ip = ingress.path("ip").asText("");
          all.add(ip.isEmpty() ? ingress.path("hostname").asText("") : ip);
        }
        if (!fixed.isEmpty()) {
          all.add(fixed);
        }
        yield all.length() == 0 ? "<pending>" : all.toString();
      }
      default -> orNone(fixed);
    };
  }

  static String servicePorts(Document service) {
    StringJoiner text = new StringJoiner(",");
    for (JsonNode port : service.spec().path("ports")) {
      int nodePort = port.path("nodePort").asInt();
      text.add(
          port.path("port").asText()
              + (nodePort > 0 ? ":" + nodePort : "")
              + "/"
              + port.path("protocol").asText("TCP"));
    }
    return orNone(text.toString());
  }

  static String nodeStatus(Document node) {
    String status = "Unknown";
    for (JsonNode condition : node.status().path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        status = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
      }
    }
    return status + (node.spec().path("unschedulable").asBoolean() ? ",SchedulingDisabled" : "");
  }

  static String nodeRoles(Document node) {
    TreeSet<String> roles = new TreeSet<>();
    node.meta()
        .labels()
        .forEach((key, value) -> {
          if (key.startsWith("node-role.kubernetes.io/")) {
            roles.add(key.substring("node-role.kubernetes.io/".length()));
          } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
            roles.add(value);
          }
        });
    roles.remove("");
    return orNone(String.join(",", roles));
  }

  static Column.Cell nodeAddress(String type) {
    return (node, now) -> {
      for (JsonNode address : node.status().path("addresses")) {
        if (address.path("type").asText().equals(type)) {
          return address.path("address").asText();
        }
      }
      return NONE;
    };
  }

  static String endpoints(Document endpoints) {
    List<String> all = new ArrayList<>();
    for (JsonNode subset : endpoints.tree().path("subsets")) {
      JsonNode ports = subset.path("ports");
      for (JsonNode address : subset.path("addresses")) {
        String ip = address.path("ip").asText();
        if (ports.isEmpty()) {
          all.add(ip);
        }
      }
      for (JsonNode port : ports) {
        for (JsonNode address : subset.path("addresses")) {
          String ip = address.path("ip").asText();
          String host = ip.contains(":") ? "[" + ip + "]" : ip;
          all.add(host + ":" + port.path("port").asText());
        }
      }
    }
    return orNone(firstFew(all));
  }

  static String slicePorts(Document slice) {
    List<String> all = new ArrayList<>();
    slice.tree().path("ports").forEach(port -> all.add(port.path("port").asText("*")));
    return all.isEmpty() ? "<unset>" : firstFew(all);
  }

  static String sliceEndpoints(Document slice) {
    List<String> all = new ArrayList<>();
    for (JsonNode endpoint : slice.tree().path("endpoints")) {
      endpoint.path("addresses").forEach(address -> all.add(address.asText()));
    }
    return all.isEmpty() ? "<unset>" : firstFew(all);
  }

  static String lastSeen(Document event, Instant now) {
    String series = event.tree().at("/series/lastObservedTime").asText("");
    String last = event.tree().path("lastTimestamp").asText("");
    return Ages.since(first(series, last, firstTime(event)), now);
  }

  static String firstSeen(Document event, Instant now) {
    return Ages.since(firstTime(event), now);
  }

  static String eventObject(Document event) {
    JsonNode about = event.tree().path("involvedObject");
    return about.path("kind").asText("").toLowerCase(Locale.ROOT)
        + "/"
        + about.path("name").asText("");
  }

  static String eventSource(Document event) {
    JsonNode source = event.tree().path("source");
    String component =
        first(
            source.path("component").asText(""),
            event.tree().path("reportingComponent").asText(""));
    String host = source.path("host").asText("");
    return host.isEmpty() ? component : component + ", " + host;
  }

  static Object eventCount(Document event) {
    long series = event.tree().at("/series/count").asLong();
    long count = event.tree().path("count").asLong();
    return series > 0 ? series : Math.max(count, 1);
  }

  private static String firstTime(Document event) {
    return first(
        event.tree().path("firstTimestamp").asText(""), event.tree().path("eventTime").asText(""));
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty() && !text.equals("null")) {
        return text;
      }
    }
    return "";
  }

  private static String firstFew(List<String> all) {
    String shown = String.join(",", all.subList(0, Math.min(SHOWN_MAX, all.size())));
    return all.size() <= SHOWN_MAX
        ? shown
        : "%s + %d more...".formatted(shown, all.size() - SHOWN_MAX);
  }
}
