package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the trials of a program's first kernels do: on a thread of their own, where nobody would see it fail. */
class StartingKernelsTest {
  /** Each kernel's first call begins its own. A trial waits before it does anything, so it is met. */
  @Test
  void firstCallsBeginTheirTrials() {
    Kernels starting = new StartingKernels(true);
    try (Memory memory = Memory.unlimited("test")) {
      Matrix gates = memory.matrix(2, 4);
      Matrix bias = memory.matrix(1, 4);
      Matrix state = memory.matrix(2, 1);
      Matrix next = memory.matrix(2, 1);
      PackedMatrix b = starting.pack(memory.matrix(4, 1), Orientation.PLAIN, memory);
      assertBegins("product-2", () -> starting.gemm(next, gates, b, Store.OVERWRITE));
      assertBegins("lstm", () -> starting.lstmGatesForward(gates, bias, state, state, next, next));
      assertBegins(
          "gru",
          () -> starting.gruGatesForward(
              gates.columns(0, 3), memory.matrix(2, 1), bias.columns(0, 3), bias.columns(3, 1), state, next));
      assertBegins("rnn", () -> starting.rnnForward(next, state, bias.columns(0, 1), Nonlinearity.TANH));
    }
    starting.expectTraining(); // ends them
  }

  private static void assertBegins(String trial, Runnable call) {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    call.run();
    List<String> begun = Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("lstm4j-"))
        .toList();
    assertEquals(List.of("lstm4j-warm-up-" + trial), begun);
  }

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
