package dev.fairlead.strangers;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Helm 3, in its own code, for the namespace {@code default} of the cluster of {@code KUBECONFIG}:
 * {@code install RELEASE CHART [KEY=VALUE…]}, {@code upgrade} and {@code upgrade-atomic} with the
 * same arguments, {@code history RELEASE}, {@code test RELEASE}, {@code uninstall RELEASE}.
 * Installs and upgrades wait until all is ready. Ends with 1 and Helm's message on standard error
 * when Helm refuses.
 */
public final class HelmCommand {
  private static final String NAMESPACE = "default";
  private static final int TIMEOUT_SECONDS = 60;
  private static final int TIMEOUT_ATOMIC_SECONDS = 10;

  private HelmCommand() {}

  /** See the class. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    try {
      System.out.println(run(List.of(arguments), Path.of(System.getenv("KUBECONFIG"))));
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String run(List<String> arguments, Path kubeconfig) {
    String release = arguments.get(1);
    List<String> rest = arguments.subList(2, arguments.size());
    return switch (arguments.getFirst()) {
      case "install" -> install(release, rest, kubeconfig);
      case "upgrade" -> upgrade(release, rest, kubeconfig, false);
      case "upgrade-atomic" -> upgrade(release, rest, kubeconfig, true);
      case "history" -> history(release, kubeconfig);
      case "test" ->
          status(
              Helm.test(release)
                  .withNamespace(NAMESPACE)
                  .withKubeConfig(kubeconfig)
                  .withTimeout(TIMEOUT_SECONDS)
                  .call());
      case "uninstall" ->
          Helm.uninstall(release).withNamespace(NAMESPACE).withKubeConfig(kubeconfig).call();
      default -> throw new IllegalArgumentException("no such command: " + arguments.getFirst());
    };
  }

  private static String install(String release, List<String> rest, Path kubeconfig) {
    InstallCommand command =
        new Helm(Path.of(rest.getFirst()))
            .install()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeConfig(kubeconfig)
            .waitReady()
            .withTimeout(TIMEOUT_SECONDS);
    set(rest, command::set);
    return status(command.call());
  }

  private static String upgrade(
      String release, List<String> rest, Path kubeconfig, boolean atomic) {
    UpgradeCommand command =
        new Helm(Path.of(rest.getFirst()))
            .upgrade()
            .withName(release)
            .withNamespace(NAMESPACE)
            .withKubeConfig(kubeconfig)
            .waitReady()
            .withTimeout(atomic ? TIMEOUT_ATOMIC_SECONDS : TIMEOUT_SECONDS);
    set(rest, command::set);
    return status((atomic ? command.atomic() : command).call());
  }

  private static void set(List<String> rest, BiConsumer<String, Object> setter) {
    for (String each : rest.subList(1, rest.size())) {
      String[] parts = each.split("=", 2);
      setter.accept(parts[0], parts[1]);
    }
  }

  private static String status(Release release) {
    return "%s %s".formatted(release.getRevision(), release.getStatus());
  }

  private static String history(String release, Path kubeconfig) {
    StringBuilder all = new StringBuilder();
    Helm.history(release)
        .withNamespace(NAMESPACE)
        .withKubeConfig(kubeconfig)
        .call()
        .forEach(each ->
            all.append(
                "%d %s: %s%n"
                    .formatted(each.getRevision(), each.getStatus(), each.getDescription())));
    return all.toString().strip();
  }
}
