package io.github.lstm4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.layer.Execution;
import java.util.Set;
import java.util.function.Function;

/** What threads share: the same result with any number of them. */
public final class OnThreads {
  private OnThreads() {}

  /** What a run gives on one thread, after it gave the same on 2, 3 and 5. Results tell bits apart by equals. */
  public static <T> T same(Function<Execution, T> run) {
    T expected = on(1, run);
    for (int threads : new int[] {2, 3, 5}) {
      assertEquals(expected, on(threads, run), () -> threads + " threads and one differ");
    }
    return expected;
  }

  private static <T> T on(int threads, Function<Execution, T> run) {
    try (Execution execution = new Execution(new ScalarKernels(), threads)) {
      return run.apply(execution);
    }
  }

  /** Kernels that tell which threads called an operation. */
  public static Kernels watched(String operation, Set<Thread> callers) {
    return WatchedKernels.of(
        new ScalarKernels(),
        (called, arguments) -> {
          if (called.equals(operation)) {
            callers.add(Thread.currentThread());
          }
        });
  }
}
