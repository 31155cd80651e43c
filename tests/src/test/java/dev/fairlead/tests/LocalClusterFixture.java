package dev.fairlead.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The built program used as a newcomer would, in an outer namespace with a home of its own. */
final class LocalClusterFixture implements AutoCloseable {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final String LAUNCHER = REPOSITORY.resolve("fairlead").toString();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  static {
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  final Outer outer;
  final Path home;
  private final Path kubeconfig;

  private LocalClusterFixture(Outer outer, Path home) {
    this.outer = outer;
    this.home = home;
    this.kubeconfig = home.resolve("kubeconfig-of-the-test");
    outer.setEnvironment("FAIRLEAD_HOME", home.toString());
    outer.setEnvironment("KUBECONFIG", kubeconfig.toString());
    outer.setEnvironment("HOME", home.toString());
  }

  /** A namespace and an empty home; nothing runs yet. */
  static LocalClusterFixture create() throws IOException {
    return new LocalClusterFixture(
        Outer.create(), Files.createTempDirectory("fairlead-test").resolve("home"));
  }

  /** Another home in the same namespace. */
  static LocalClusterFixture createBeside(LocalClusterFixture other) throws IOException {
    Path home = Files.createTempDirectory("fairlead-test").resolve("home");
    return new LocalClusterFixture(other.outer.sharing(), home);
  }

  /** The kubeconfig that {@link #up} writes. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** The command itself, for processes that go on. */
  String launcher() {
    return LAUNCHER;
  }

  /** {@code fairlead …}. */
  CommandResult fairlead(String... arguments) {
    return outer.run(prepend(LAUNCHER, arguments));
  }

  /** Starts {@code fairlead …}; the caller ends it. */
  Process start(String... arguments) throws IOException {
    return outer.start(prepend(LAUNCHER, arguments));
  }

  /** {@code fairlead up}, which must succeed. */
  String up(String... arguments) {
    String[] all = prepend("--kubeconfig", prepend(kubeconfig.toString(), arguments));
    return fairlead(prepend("up", all)).ok();
  }

  /** {@code kubectl …}. */
  CommandResult kubectl(String... arguments) {
    return outer.run(prepend("kubectl", arguments));
  }

  /** {@code kubectl apply} of this, which must succeed. */
  void apply(String yaml) {
    kubectlWithInput(yaml, "apply", "-f", "-").ok();
  }

  /** {@code kubectl …} with this on standard input. */
  CommandResult kubectlWithInput(String input, String... arguments) {
    return outer.runWithInput(input, prepend("kubectl", arguments));
  }

  /** {@code fairlead ssh WHERE -- …}. */
  CommandResult ssh(String where, String... command) {
    String[] start = {"ssh", where, "--"};
    List<String> all = new ArrayList<>(Arrays.asList(start));
    all.addAll(Arrays.asList(command));
    return fairlead(all.toArray(String[]::new));
  }

  /** Waits until kubectl prints something that fits; returns it. */
  String awaitKubectl(Predicate<String> fits, String... arguments) {
    String[] last = {""};
    await(String.join(" ", arguments))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          last[0] = kubectl(arguments).out().strip();
          return fits.test(last[0]);
        });
    return last[0];
  }

  /**
   * Creates a deployment of kuard, of one container port, 8080; returns when all its pods answer.
   */
  void deploy(String name, int replicas) {
    String image = "--image=gcr.io/kuar-demo/kuard-amd64:blue";
    kubectl("create", "deployment", name, image, "--port=8080", "--replicas=" + replicas).ok();
    awaitDeployment(name, replicas);
    awaitKuards(name);
  }

  /** Waits until a deployment has this many available pods and no other. */
  void awaitDeployment(String name, int replicas) {
    awaitKubectl(
        (replicas + "/" + replicas)::equals,
        "get",
        "deployment",
        name,
        "-o",
        "jsonpath={.status.availableReplicas}/{.status.replicas}");
    awaitKubectl(
        names -> names.isEmpty() ? replicas == 0 : names.split(" ").length == replicas,
        "get",
        "pods",
        "-l",
        "app=" + name,
        "-o",
        "jsonpath={.items[*].metadata.name}");
  }

  /** Waits until each kuard of a deployment answers: without a probe a pod is ready too soon. */
  void awaitKuards(String deployment) {
    String names =
        kubectl(
                "get",
                "pods",
                "-l",
                "app=" + deployment,
                "-o",
                "jsonpath={.items[*].metadata.name}")
            .text();
    Stream.of(names.split(" ")).forEach(this::awaitKuard);
  }

  /** Waits until a pod's kuard answers. */
  void awaitKuard(String pod) {
    String[] curl = {"curl", "-sf", "-m", "90", "--retry", "90", "--retry-delay", "1"};
    String[] all = Arrays.copyOf(curl, curl.length + 2);
    all[curl.length] = "--retry-connrefused";
    all[curl.length + 1] = "http://localhost:8080/healthy";
    assertThat(ssh(pod, all).text()).as("kuard of %s", pod).isEqualTo("ok");
  }

  /** Waits until a command in a node or pod prints this. */
  void awaitPrinted(String where, String printed, String... command) {
    await(where + ": " + String.join(" ", command))
        .untilAsserted(() -> assertThat(ssh(where, command).out().strip()).isEqualTo(printed));
  }

  /** One field of an object, by JSONPath. */
  String field(String kind, String name, String path) {
    return kubectl("get", kind, name, "-o", "jsonpath={" + path + "}").text();
  }

  /** The test's kubeconfig, for a client outside of the namespace. */
  String kubeconfigThrough(Doorway door) throws IOException {
    String inside = "https://127.0.0.1:6443";
    String text = Files.readString(kubeconfig);
    assertThat(text).contains(inside);
    return text.replace(inside, "https://127.0.0.1:" + door.port());
  }

  /** Processes of the cluster that still live: those that carry its home in their environment. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::carriesHome).toList();
  }

  private boolean carriesHome(ProcessHandle process) {
    try {
      String environment =
          Files.readString(
              Path.of("/proc", String.valueOf(process.pid()), "environ"),
              java.nio.charset.StandardCharsets.ISO_8859_1);
      return environment.contains("FAIRLEAD_STATE=" + home)
          || environment.contains("FAIRLEAD_HOME=" + home);
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code fairlead down}, after which nothing may be left but the state folder. */
  void downLeavingNothing() {
    fairlead("down").ok();
    assertNothingLeft();
  }

  /** Nothing of the cluster may be left but the state folder. */
  void assertNothingLeft() {
    assertThat(processes()).as("processes").isEmpty();
    await()
        .untilAsserted(
            () -> assertThat(outer.links()).as("links").allMatch(link -> link.contains(" lo:")));
    assertThat(outer.run("ip", "route").out()).as("routes").isBlank();
    assertThat(outer.run("nft", "list", "tables").out()).as("nftables").isBlank();
    assertThat(outer.run("cat", "/proc/mounts").out()).as("mounts").doesNotContain(home.toString());
  }

  private static String[] prepend(String first, String[] rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  @Override
  public void close() throws IOException {
    try {
      fairlead("down", "--delete");
    } finally {
      outer.close();
      deleteTree(home.getParent());
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(path);
      }
    }
  }
}
