package dev.fairlead.kuard;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The program: a demo server that shows where it runs and fails on demand. */
public final class Kuard {
  private static final int BAD_USAGE = 2;
  private static final String STARS = "*".repeat(70);

  private Kuard() {}

  /** Runs until SIGTERM or SIGINT. */
  public static void main(String[] arguments) {
    // Without this each small answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "30");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false);
    Log log = new Log(out, InstantSource.system(), ZoneId.systemDefault());
    try {
      run(KuardSettings.of(List.of(arguments), System.getenv()), List.of(arguments), log);
    } catch (IllegalArgumentException e) {
      log.line("kuard: " + e.getMessage());
      System.exit(BAD_USAGE);
    } catch (IOException e) {
      log.line("kuard: cannot listen: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(KuardSettings settings, List<String> arguments, Log log)
      throws IOException {
    log.line("Starting kuard version: " + settings.version());
    log.line(STARS);
    log.line("* WARNING: This server may expose sensitive");
    log.line("* and secret information. Be careful.");
    log.line(STARS);
    List<String> commandLine = new ArrayList<>();
    commandLine.add("/kuard");
    commandLine.addAll(arguments);
    DnsLookup dns =
        new DnsLookup(
            Path.of("/etc/resolv.conf"), 53, bound -> ThreadLocalRandom.current().nextInt(bound));
    KuardServer server =
        new KuardServer(settings, commandLine, System.getenv(), dns, log, InstantSource.system());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              log.line("Shutting down");
              server.close();
            }));
    server.start();
    log.line("Addresses: " + String.join(", ", Identity.addresses()));
    log.line("Serving on " + settings.host() + ":" + server.port());
  }
}
