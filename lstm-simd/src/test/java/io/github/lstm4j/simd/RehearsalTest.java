package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.PackedMatrix;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** That rehearsals begin when there is work, once, end, and leave no trace in a result. */
class RehearsalTest {
  private static final long LARGE = 1000;

  /** What a call allocates; static, so that no compiler can spare it. */
  private static byte[] garbage = {};

  @Test
  void beginsWithALargeCall() {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    for (int call = 0; call < 10; call++) {
      assertFalse(rehearsal.due(LARGE - 1), "however many small ones there are");
    }
    assertTrue(rehearsal.due(LARGE));
  }

  @Test
  void endsWithTheFirstCallThatAllocatesNothing() {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    AtomicInteger calls = new AtomicInteger();
    rehearsal.run(operands -> () -> {
      if (calls.incrementAndGet() < 10) {
        garbage = new byte[1 << 10];
      }
    });
    assertEquals(10, calls.get());
    assertFalse(rehearsal.due(LARGE), "over once and for all");
    rehearsal.run(operands -> () -> calls.set(0));
    assertEquals(10, calls.get(), "and not run again");
  }

  @Test
  void endsWhereEveryCallAllocates() {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    rehearsal.run(operands -> () -> garbage = new byte[1 << 10]);
    assertFalse(rehearsal.due(LARGE));
    assertEquals(1 << 10, garbage.length);
  }

  /** The second thread waits for the first, and then calls nothing. */
  @Test
  void isRunOnceByThreadsThatComeTogether() throws InterruptedException {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    Thread first = Thread.ofPlatform().start(() -> rehearsal.run(operands -> () -> {
      calls.incrementAndGet();
      begun.countDown();
      await(goOn);
    }));
    begun.await();
    Thread second = Thread.ofPlatform().start(() -> rehearsal.run(operands -> () -> calls.addAndGet(1_000)));
    while (second.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    assertFalse(rehearsal.over());
    goOn.countDown();
    first.join();
    second.join();
    assertTrue(rehearsal.over());
    assertTrue(calls.get() < 1_000, "called by the second thread");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isOverAfterAFailureToo() {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    assertThrows(IllegalStateException.class, () -> rehearsal.run(RehearsalTest::failing));
    assertFalse(rehearsal.due(LARGE), "the program's call is next, and would fail by itself if it has to");
  }

  private static Runnable failing(TrialOperands operands) {
    throw new IllegalStateException("no operands of " + operands.matrix(1, 1).rows() + " row");
  }

  @Test
  void smallCallsHaveNone() {
    RehearsedKernels rehearsed = new RehearsedKernels();
    rehearsed.expectTraining();
    callAll(rehearsed, 2, 1);
    assertEquals(0, rehearsed.rehearsed());
  }

  /** Every kernel that has one: while nobody trains, with a call that is due, and after it. */
  @Property(tries = 12)
  void bitsStayThoseOfTheVectors(@ForAll @IntRange(min = 8, max = 40) int rows, @ForAll long seed) {
    for (Calls each : Calls.values()) {
      RehearsedKernels rehearsed = new RehearsedKernels(9);
      call(each, rehearsed, rows, seed);
      assertEquals(0, rehearsed.rehearsed(), "nobody trains");
      rehearsed.expectTraining();
      call(each, rehearsed, rows, seed);
      call(each, rehearsed, rows, seed);
      assertEquals(each.rehearsals, rehearsed.rehearsed(), "after " + each);
    }
  }

  private static void callAll(RehearsedKernels kernels, int rows, long seed) {
    for (Calls each : Calls.values()) {
      call(each, kernels, rows, seed);
    }
  }

  private static void call(Calls each, RehearsedKernels kernels, int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Memory memory = Memory.unlimited("test")) {
      Guarded[] expected = new Guarded[6];
      Guarded[] actual = new Guarded[6];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Guarded.random(memory, rows, 4 * Calls.UNITS, random, 0);
        actual[i] = expected[i].copy(memory, random);
      }
      each.run(Pair.SIMD, expected, memory);
      each.run(kernels, actual, memory);
      for (int i = 0; i < expected.length; i++) {
        Guarded.assertEqualBits(each + " " + i, expected[i], actual[i]);
      }
    }
  }

  /** Calls on matrices [rows, 4·UNITS]. */
  private enum Calls {
    GEMM(1) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.gemm(x[0].matrix(), x[1].matrix().columns(0, x[2].matrix().rows()),
            k.pack(x[2].matrix(), Orientation.PLAIN, memory), Store.ACCUMULATE);
      }
    },
    REPACK(2) { // with a product
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        PackedMatrix packed = k.pack(x[1].matrix(), Orientation.TRANSPOSED, memory);
        for (int i = 0; i < 300; i++) { // packing is due when much has been repacked in all
          k.repack(packed, x[2].matrix());
        }
        k.gemm(x[0].matrix().columns(0, packed.columns()), x[1].matrix(), packed, Store.ACCUMULATE);
      }
    },
    GEMM_TRANSPOSED(1) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        int rows = x[0].matrix().rows();
        k.gemmTransposedA(x[0].matrix(), x[1].matrix().columns(0, rows), x[2].matrix(), RowOrder.ascending(rows),
            Store.OVERWRITE);
      }
    },
    GEMM_TRANSPOSED_PAIR(1) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        RowOrder order = RowOrder.ascending(x[0].matrix().rows());
        k.gemmTransposedAPair(x[0].matrix(), x[2].matrix(), order, x[3].matrix(), x[2].matrix(), order,
            x[1].matrix().columns(0, order.size()), Store.OVERWRITE);
      }
    },
    LSTM(2) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.lstmGatesForward(x[0].matrix(), x[1].matrix().rows(0, 1), units(x[2], 0), units(x[2], 1), units(x[2], 2),
            units(x[2], 3));
        k.lstmGatesBackward(x[0].matrix(), x[0].matrix(), units(x[2], 0), units(x[2], 2), units(x[3], 0),
            units(x[3], 1), 0, UNITS);
      }
    },
    GRU(2) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.gruGatesForward(x[0].matrix().columns(0, 3 * UNITS), units(x[1], 0),
            x[2].matrix().rows(0, 1).columns(0, 3 * UNITS), units(x[3], 0).rows(0, 1), units(x[4], 0), units(x[4], 1),
            0, UNITS);
        k.gruGatesBackward(x[0].matrix().columns(0, 3 * UNITS), units(x[1], 0), units(x[4], 0), units(x[5], 0),
            units(x[5], 1), 0, UNITS);
      }
    },
    RNN(2) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.rnnForward(x[0].matrix(), x[1].matrix(), x[2].matrix().rows(0, 1), Nonlinearity.TANH, 0, 4 * UNITS);
        k.rnnBackward(x[3].matrix(), x[0].matrix(), x[4].matrix(), Nonlinearity.TANH, 0, 4 * UNITS);
      }
    },
    SOFTMAX(1) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        int rows = x[0].matrix().rows();
        float[] factors = new float[rows];
        Arrays.fill(factors, 0.5f);
        k.softmax(x[0].matrix(), new double[rows], x[1].matrix(), factors);
      }
    },
    ADAM(1) {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        AdamCoefficients c = new AdamCoefficients(1e-3f, 0.5f, 0.999f, 0.1f, 1e-3f, 1e-8f, 0.01f, 1, 0.5f);
        k.adam(x[0].matrix(), x[1].matrix(), x[2].matrix(), x[3].matrix(), x[4].matrix(), c);
      }
    };

    static final int UNITS = 150;

    final int rehearsals;

    Calls(int rehearsals) {
      this.rehearsals = rehearsals;
    }

    abstract void run(Kernels k, Guarded[] x, Memory memory);

    private static Matrix units(Guarded x, int part) {
      return x.matrix().columns(part * UNITS, UNITS);
    }
  }
}
