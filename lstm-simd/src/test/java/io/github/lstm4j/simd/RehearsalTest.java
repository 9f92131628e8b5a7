package io.github.lstm4j.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.AdamCoefficients;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Nonlinearity;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.kernels.RowOrder;
import io.github.lstm4j.kernels.Store;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
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
    rehearsal.run(arena -> () -> {
      if (calls.incrementAndGet() < 10) {
        garbage = new byte[1 << 10];
      }
    });
    assertEquals(10, calls.get());
    assertFalse(rehearsal.due(LARGE), "over once and for all");
    rehearsal.run(arena -> () -> calls.set(0));
    assertEquals(10, calls.get(), "and not run again");
  }

  @Test
  void endsWhereEveryCallAllocates() {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    rehearsal.run(arena -> () -> garbage = new byte[1 << 10]);
    assertFalse(rehearsal.due(LARGE));
    assertEquals(1 << 10, garbage.length);
  }

  @Test
  void isOverAfterAFailureToo() {
    Rehearsal rehearsal = new Rehearsal(LARGE);
    assertThrows(IllegalStateException.class, () -> rehearsal.run(RehearsalTest::failing));
    assertFalse(rehearsal.due(LARGE), "the program's call is next, and would fail by itself if it has to");
  }

  private static Runnable failing(Arena arena) {
    throw new IllegalStateException("no operands in " + arena);
  }

  /** Every kernel that has one, with a call that makes it due, after it, or for few rows without. */
  @Property(tries = 12)
  void bitsStayThoseOfTheVectors(@ForAll @IntRange(min = 1, max = 40) int rows, @ForAll long seed) {
    Kernels rehearsed = new RehearsedKernels(9);
    rehearsed.expectTraining();
    for (int call = 0; call < 2; call++) {
      for (Calls each : Calls.values()) {
        SplittableRandom random = new SplittableRandom(seed + call);
        try (Memory memory = Memory.unlimited("test")) {
          Guarded[] expected = new Guarded[6];
          Guarded[] actual = new Guarded[6];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = Guarded.random(memory, rows, 4 * Calls.UNITS, random, 0);
            actual[i] = expected[i].copy(memory, random);
          }
          each.run(Pair.SIMD, expected, memory);
          each.run(rehearsed, actual, memory);
          for (int i = 0; i < expected.length; i++) {
            Guarded.assertEqualBits(each + " " + i, expected[i], actual[i]);
          }
        }
      }
    }
  }

  /** Calls on matrices [rows, 4·UNITS]. */
  private enum Calls {
    GEMM {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.gemm(x[0].matrix(), x[1].matrix().columns(0, x[2].matrix().rows()),
            k.pack(x[2].matrix(), Orientation.PLAIN, memory), Store.ACCUMULATE);
      }
    },
    GEMM_TRANSPOSED {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        int rows = x[0].matrix().rows();
        k.gemmTransposedA(x[0].matrix(), x[1].matrix().columns(0, rows), x[2].matrix(), RowOrder.ascending(rows),
            Store.OVERWRITE);
      }
    },
    LSTM {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.lstmGatesForward(x[0].matrix(), x[1].matrix().rows(0, 1), units(x[2], 0), units(x[2], 1), units(x[2], 2),
            units(x[2], 3));
        k.lstmGatesBackward(x[0].matrix(), x[0].matrix(), units(x[2], 0), units(x[2], 2), units(x[3], 0),
            units(x[3], 1), 0, UNITS);
      }
    },
    GRU {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.gruGatesForward(x[0].matrix().columns(0, 3 * UNITS), units(x[1], 0),
            x[2].matrix().rows(0, 1).columns(0, 3 * UNITS), units(x[3], 0).rows(0, 1), units(x[4], 0), units(x[4], 1),
            0, UNITS);
        k.gruGatesBackward(x[0].matrix().columns(0, 3 * UNITS), units(x[1], 0), units(x[4], 0), units(x[5], 0),
            units(x[5], 1), 0, UNITS);
      }
    },
    RNN {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        k.rnnForward(x[0].matrix(), x[1].matrix(), x[2].matrix().rows(0, 1), Nonlinearity.TANH, 0, 4 * UNITS);
        k.rnnBackward(x[3].matrix(), x[0].matrix(), x[4].matrix(), Nonlinearity.TANH, 0, 4 * UNITS);
      }
    },
    SOFTMAX {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        int rows = x[0].matrix().rows();
        float[] factors = new float[rows];
        Arrays.fill(factors, 0.5f);
        k.softmax(x[0].matrix(), new double[rows], x[1].matrix(), factors);
      }
    },
    ADAM {
      @Override
      void run(Kernels k, Guarded[] x, Memory memory) {
        AdamCoefficients c = new AdamCoefficients(1e-3f, 0.5f, 0.999f, 0.1f, 1e-3f, 1e-8f, 0.01f, 1, 0.5f);
        k.adam(x[0].matrix(), x[1].matrix(), x[2].matrix(), x[3].matrix(), x[4].matrix(), c);
      }
    };

    static final int UNITS = 150;

    abstract void run(Kernels k, Guarded[] x, Memory memory);

    private static Matrix units(Guarded x, int part) {
      return x.matrix().columns(part * UNITS, UNITS);
    }
  }
}
