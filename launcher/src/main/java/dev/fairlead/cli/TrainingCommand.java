package dev.fairlead.cli;

import dev.fairlead.cluster.Training;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A short life of the program, run by the build to make its ahead-of-time cache (JEP 514). */
@Command(name = "training", hidden = true)
final class TrainingCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Training.run();
    return 0;
  }
}
