package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.oracle.Cell;
import io.github.lstm4j.oracle.OracleCase;
import io.github.lstm4j.oracle.RecurrentConfig;
import io.github.lstm4j.testing.WatchedKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Slices of hidden units: that while serving their gates are one product, and follow the parameters. */
class UnitSliceTest {
  private static final int HIDDEN = 40; // slices of 16 and 24 units
  private static final int STEPS = 5;
  private static final int THREADS = 2;

  private static OracleCase values(Cell cell) {
    return OracleCase.random(
        new RecurrentConfig(cell, 3, HIDDEN, 1, true, false, 0, 2, STEPS, List.of()), 17, 1);
  }

  private static Execution byUnits(Kernels kernels) {
    return new Execution(kernels, THREADS, (batch, gates, hidden, count) -> Split.UNITS, 128);
  }

  /** Per slice: one product of the input; in each step but the first one of h, two where a GRU's n stands apart. */
  @ParameterizedTest
  @CsvSource({"LSTM,1,4", "GRU,2,3", "RNN_TANH,1,1", "RNN_RELU,1,1"})
  void gatesOfASliceAreOneProductWhileServing(Cell cell, int products, int gates) {
    AtomicInteger called = new AtomicInteger();
    Kernels counting =
        WatchedKernels.of(
            new ScalarKernels(),
            (operation, arguments) -> {
              if (operation.equals("gemm")) {
                called.incrementAndGet();
              }
            });
    try (StackRun serving = new StackRun(values(cell), Mode.INFERENCE, byUnits(counting))) {
      serving.forward();
      assertEquals(THREADS * (1 + (STEPS - 1) * products), called.getAndSet(0));
    }
    try (StackRun training = new StackRun(values(cell), Mode.TRAINING, byUnits(counting))) {
      training.forward();
      assertEquals(THREADS * (gates + (STEPS - 1) * gates), called.get(), "training keeps the order of the gates");
    }
  }

  /** What a slice holds side by side, weights and biases, is made anew when they change. */
  @ParameterizedTest
  @EnumSource(Cell.class)
  void changedParametersAreServed(Cell cell) {
    OracleCase values = values(cell);
    try (Recurrent whole = layer(values, new Execution(new ScalarKernels(), 1));
        Recurrent sliced = layer(values, byUnits(new ScalarKernels()))) {
      assertServedAlike(values, whole, sliced);
    }
  }

  /** A layer that trains by units packs no second set for serving. */
  @ParameterizedTest
  @EnumSource(Cell.class)
  void whatIsTrainedByUnitsIsServedFromTheSameSlices(Cell cell) {
    OracleCase values = values(cell);
    long before = Memory.liveBytes();
    try (Recurrent whole = layer(values, new Execution(new ScalarKernels(), 1));
        Recurrent sliced = layer(values, byUnits(new ScalarKernels()))) {
      CaseRun.train(sliced, values, CaseRun.input(values));
      long trained = Memory.liveBytes();
      sliced.run(CaseRun.input(values));
      assertEquals(trained, Memory.liveBytes(), "a pass and its buffers are gone, and nothing else was packed");
      assertServedAlike(values, whole, sliced);
    }
    assertEquals(before, Memory.liveBytes());
  }

  /** Each parameter is halved, one after the other. */
  private static void assertServedAlike(OracleCase values, Recurrent whole, Recurrent sliced) {
    String before = served(sliced, values);
    assertEquals(served(whole, values), before);
    for (String name : values.config().parameterNames()) {
      Tensor parameter = CaseRun.tensor(values, name);
      for (int i = 0; i < parameter.data().length; i++) {
        parameter.data()[i] *= 0.5f;
      }
      whole.set(name, parameter);
      sliced.set(name, parameter);
      String after = served(sliced, values);
      assertEquals(served(whole, values), after, name);
      assertNotEquals(before, after, name);
      before = after;
    }
  }

  /** The first to come packs, for all; who finds the threads busy runs all slices alone. */
  @ParameterizedTest
  @EnumSource(Cell.class)
  void threadsShareSlices(Cell cell) throws ExecutionException, InterruptedException {
    OracleCase values = values(cell);
    int callers = 6;
    try (Recurrent whole = layer(values, new Execution(new ScalarKernels(), 1));
        Recurrent sliced = layer(values, byUnits(new ScalarKernels()));
        ExecutorService pool = Executors.newFixedThreadPool(callers)) {
      String expected = served(whole, values);
      List<Future<String>> results = new ArrayList<>();
      for (int caller = 0; caller < callers * 4; caller++) {
        results.add(pool.submit(() -> served(sliced, values)));
      }
      for (Future<String> result : results) {
        assertEquals(expected, result.get());
      }
    }
  }

  private static Recurrent layer(OracleCase values, Execution execution) {
    return CaseRun.layer(values, CaseRun.options(values.config()), execution);
  }

  /** Outputs in full, as text. */
  private static String served(Recurrent layer, OracleCase values) {
    return Arrays.toString(layer.run(CaseRun.input(values)).y().data());
  }
}
