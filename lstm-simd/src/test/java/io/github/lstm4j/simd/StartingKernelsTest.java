package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.lstm4j.kernels.Nonlinearity;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the trials of a program's first kernels do: on a thread of their own, where nobody would see it fail. */
class StartingKernelsTest {
  @ParameterizedTest
  @EnumSource(StartingKernels.Tried.class)
  void bothSidesOfEveryTrialRun(StartingKernels.Tried kernel) {
    StartingKernels starting = new StartingKernels(false);
    for (int rows : new int[] {1, 2, 5, 2 * Lanes.ROWS, 1000}) {
      for (int columns : new int[] {1, Lanes.LENGTH + 1, 100}) {
        try (Arena arena = Arena.ofConfined()) {
          Trial.Contest contest = starting.new FirstCall(kernel, rows, 9, columns, Nonlinearity.RELU).apply(arena);
          assertDoesNotThrow(contest::plain, () -> kernel + " of " + rows + " rows, plain");
          assertDoesNotThrow(contest::vectors, () -> kernel + " of " + rows + " rows, vectors");
        }
      }
    }
  }
}
