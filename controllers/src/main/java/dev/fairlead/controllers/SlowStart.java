package dev.fairlead.controllers;

import dev.fairlead.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs many calls in batches of 1, 2, 4 and so on, each batch at once, and stops after the first
 * batch with a failure: a refusal that would meet all of them is met once, not a hundred times.
 */
final class SlowStart {

  /**
   * How it went.
   *
   * @param failure the first failure; null when there was none
   */
  public record Outcome(int succeeded, @Nullable ApiException failure) {}

  private SlowStart() {}

  /** Makes the calls; a call fails by throwing. */
  public static Outcome run(List<Runnable> calls) throws InterruptedException {
    int succeeded = 0;
    int batch = 1;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (succeeded < calls.size()) {
        int size = Math.min(batch, calls.size() - succeeded);
        Outcome outcome = together(threads, calls.subList(succeeded, succeeded + size));
        succeeded += outcome.succeeded();
        if (outcome.failure() != null) {
          return new Outcome(succeeded, outcome.failure());
        }
        batch *= 2;
      }
    }
    return new Outcome(succeeded, null);
  }

  /** Makes all calls at once. */
  public static Outcome all(List<Runnable> calls) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return together(threads, calls);
    }
  }

  private static Outcome together(ExecutorService threads, List<Runnable> calls)
      throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>(calls.size());
    for (Runnable call : calls) {
      tasks.add(() -> {
        call.run();
        return true;
      });
    }
    int succeeded = 0;
    ApiException failure = null;
    for (Future<Boolean> result : threads.invokeAll(tasks)) {
      try {
        result.get();
        succeeded++;
      } catch (ExecutionException e) {
        failure = failure == null ? refusal(e.getCause()) : failure;
      }
    }
    return new Outcome(succeeded, failure);
  }

  private static ApiException refusal(@Nullable Throwable cause) {
    return cause instanceof ApiException refused
        ? refused
        : ApiException.internal(String.valueOf(cause));
  }
}
