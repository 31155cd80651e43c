package dev.fairlead.api.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The official Java client's messages by our canonical names. */
final class OfficialMessages {
  private static final Map<String, Descriptor> ALL = new HashMap<>();

  static {
    Deque<FileDescriptor> open =
        new ArrayDeque<>(
            List.of(V1.getDescriptor(), Meta.getDescriptor(), Runtime.getDescriptor()));
    groups().forEach(open::add);
    while (!open.isEmpty()) {
      FileDescriptor file = open.remove();
      for (Descriptor message : file.getMessageTypes()) {
        ALL.put("io." + message.getFullName().replaceFirst("^k8s\\.io\\.", "k8s."), message);
      }
    }
  }

  private OfficialMessages() {}

  static Descriptor of(String canonicalName) {
    return find(canonicalName)
        .orElseThrow(() -> new IllegalArgumentException("no message " + canonicalName));
  }

  static Optional<Descriptor> find(String canonicalName) {
    return Optional.ofNullable(ALL.get(canonicalName));
  }

  /** One file per group and version, named after them: {@code V1Apps}, {@code V1Beta1Policy}. */
  private static Stream<FileDescriptor> groups() {
    return Stream.of(
            "Apps",
            "Autoscaling",
            "Coordination",
            "Discovery",
            "Events",
            "Networking",
            "Policy",
            "Scheduling",
            "Storage",
            "Authentication",
            "Authorization",
            "Batch",
            "Rbac",
            "Certificates")
        .map(group -> "io.kubernetes.client.proto.V1" + group)
        .map(OfficialMessages::file);
  }

  private static FileDescriptor file(String className) {
    try {
      return (FileDescriptor) Class.forName(className).getMethod("getDescriptor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the official client has no " + className, e);
    }
  }
}
