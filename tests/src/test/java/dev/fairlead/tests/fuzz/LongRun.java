package dev.fairlead.tests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs targets under Jazzer one after the other, each in a process of its own; see the script. */
public final class LongRun {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private LongRun() {}

  /** Folder, target or {@code all}, seconds for each. Ends with 1 when anything was found. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int seconds = Integer.parseInt(arguments[2]);
    List<FuzzTarget> targets =
        arguments[1].equals("all")
            ? List.of(FuzzTarget.values())
            : List.of(FuzzTarget.valueOf(arguments[1]));
    boolean found = false;
    for (FuzzTarget target : targets) {
      int code = run(Files.createDirectories(folder.resolve(target.name())), target, seconds);
      System.out.printf("%s: %s%n", target, code == 0 ? "nothing found" : "ended with " + code);
      found |= code != 0;
    }
    System.exit(found ? 1 : 0);
  }

  private static int run(Path folder, FuzzTarget target, int seconds) throws Exception {
    Path log = folder.resolve("log");
    List<String> command =
        new ArrayList<>(List.of(JAVA, "-Xmx700m", "-Dfuzz.target=" + target.name(), "-classpath"));
    command.add(Objects.requireNonNull(System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + JazzerEntry.class.getName(),
            "--instrumentation_includes=dev.fairlead.**",
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + folder + "/",
            "-timeout=30",
            "-rss_limit_mb=3000",
            "-max_len=4096",
            "-max_total_time=" + seconds,
            corpus(folder, target).toString()));
    System.out.printf("%s: %d seconds, log in %s%n", target, seconds, log);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private static Path corpus(Path folder, FuzzTarget target) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    List<byte[]> seeds = target.seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    return corpus;
  }
}
