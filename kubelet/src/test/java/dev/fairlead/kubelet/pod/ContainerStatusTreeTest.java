package dev.fairlead.kubelet.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.api.codec.Json;
import dev.fairlead.api.view.Container;
import dev.fairlead.kubelet.pod.ContainerState.Running;
import dev.fairlead.kubelet.pod.ContainerState.Terminated;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a status tells of resources and mounts, as upstream's kubelet writes them. */
class ContainerStatusTreeTest {

  /** A row: what was granted, the state, what it is held to, granted and actual in the status. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      nullValues = "-",
      value = {
        "{} | never | - | - | -",
        "{'requests':{'cpu':'1'}} | never | - | - | -",
        "{} | running | {} | - | {}",
        "{} | running | - | - | -",
        "{'requests':{'cpu':'1'}} | running | {'requests':{'cpu':'2'}} | {'cpu':'1'} | {'requests':{'cpu':'2'}}",
        "{'limits':{'cpu':'1'}} | running | {'limits':{'cpu':'1'}} | - | {'limits':{'cpu':'1'}}",
        "{'requests':{'cpu':'1'}} | ended | - | {'cpu':'1'} | {'requests':{'cpu':'1'}}",
        "{} | ended | - | - | {}",
        "{'requests':{'cpu':'1'}} | waits | - | {'cpu':'1'} | {'requests':{'cpu':'1'}}",
      })
  void resources(
      String granted,
      String state,
      @Nullable String held,
      @Nullable String allocated,
      @Nullable String actual) {
    ObjectNode written =
        ContainerStatusTree.of(
            container("'resources':" + granted),
            status(state),
            false,
            held == null ? null : json(held));
    assertThat(written.get("allocatedResources"))
        .isEqualTo(allocated == null ? null : json(allocated));
    assertThat(written.get("resources")).isEqualTo(actual == null ? null : json(actual));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[] | null",
        "[{'name':'v','mountPath':'/v','subPath':'x'}] | [{'mountPath':'/v','name':'v'}]",
        "[{'name':'v','mountPath':'/v','readOnly':true}] | [{'mountPath':'/v','name':'v','readOnly':true,'recursiveReadOnly':'Disabled'}]",
        "[{'name':'v','mountPath':'/v','readOnly':true,'recursiveReadOnly':'IfPossible'}] | [{'mountPath':'/v','name':'v','readOnly':true,'recursiveReadOnly':'Enabled'}]",
      })
  void mounts(String wanted, String told) {
    ObjectNode written =
        ContainerStatusTree.of(container("'volumeMounts':" + wanted), status("never"), false, null);
    assertThat(written.get("volumeMounts")).isEqualTo(told.equals("null") ? null : json(told));
  }

  private static ContainerStatus status(String state) {
    ContainerStatus fresh = ContainerStatus.created("c", "x", false);
    if (state.equals("never")) {
      return fresh;
    }
    ContainerStatus running = fresh.running("x", "x", "process://1", new Running(Pods.NOW));
    Terminated end = new Terminated(1, "Error", "", Pods.NOW, Pods.NOW, "process://1");
    return switch (state) {
      case "running" -> running;
      case "ended" -> running.terminated(end);
      default -> running.terminated(end).waiting("CrashLoopBackOff", "");
    };
  }

  private static Container container(String fields) {
    return Pods.of("{'spec':{'containers':[{'name':'c','image':'x',%s}]}}".formatted(fields))
        .containers()
        .getFirst();
  }

  private static JsonNode json(String text) {
    return Json.tree(("{'x':" + text + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .get("x");
  }
}
