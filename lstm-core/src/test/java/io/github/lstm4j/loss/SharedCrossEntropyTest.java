package io.github.lstm4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.scalar.ScalarKernels;
import io.github.lstm4j.layer.Execution;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.testing.OnThreads;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Cross-entropy whose rows are shared among threads: the bits of one thread, and of terms added in the order of rows.
 */
class SharedCrossEntropyTest {
  private static double[][] logits(SplittableRandom random, int rows, int classes) {
    double[][] logits = new double[rows][classes];
    for (double[] row : logits) {
      Arrays.setAll(row, j -> (float) (3 * random.nextGaussian()));
    }
    return logits;
  }

  @Property(tries = 150)
  void theSameBits(
      @ForAll @IntRange(min = 1, max = 40) int rows, @ForAll @IntRange(min = 2, max = 700) int classes,
      @ForAll boolean weighted, @ForAll @IntRange(max = 2) int smoothed, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int columns = rows == 1 ? 16 * classes : classes; // a row of more than is worth sharing, too
    double[][] logits = logits(random, rows, columns);
    int[] labels = new int[rows];
    Arrays.setAll(labels, r -> random.nextInt(4) == 0 ? CrossEntropy.IGNORED : random.nextInt(columns));
    double @Nullable [] weights = null;
    if (weighted) {
      weights = new double[columns];
      Arrays.setAll(weights, j -> random.nextInt(5) == 0 ? 0 : random.nextDouble());
    }
    double smoothing = smoothed * 0.3;
    CrossEntropy loss = new CrossEntropy(CrossEntropy.IGNORED, smoothing, weights);
    double[][] targets = LossRun.column(labels);
    List<Object> run =
        OnThreads.same(
            execution -> {
              LossRun result = LossRun.of(execution, loss, logits, targets, 0.7);
              return List.of(result.sum(), bits(result.gradient()));
            });
    assertEquals(inOrder(logits, labels, smoothing, weights), ((LossSum) run.getFirst()).sum());
  }

  private static List<Integer> bits(float[] values) {
    Integer[] bits = new Integer[values.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
    return List.of(bits);
  }

  /** The sum as the class states it: row by row, the label's term and then the spread one. */
  private static double inOrder(double[][] logits, int[] labels, double smoothing, double @Nullable [] weights) {
    int columns = logits[0].length;
    double[] logSum = new double[labels.length];
    try (Memory memory = Memory.unlimited("test")) {
      Matrix matrix = memory.matrix(labels.length, columns);
      for (int r = 0; r < labels.length; r++) {
        for (int j = 0; j < columns; j++) {
          matrix.set(r, j, (float) logits[r][j]);
        }
      }
      new ScalarKernels().softmax(memory.matrix(labels.length, columns), logSum, matrix, new float[labels.length]);
    }
    double sum = 0;
    for (int r = 0; r < labels.length; r++) {
      if (labels[r] != CrossEntropy.IGNORED) {
        double weight = weights == null ? 1 : weights[labels[r]];
        sum += weight * (1 - smoothing) * (logSum[r] - logits[r][labels[r]]);
        double spread = 0;
        for (int j = 0; smoothing > 0 && j < columns; j++) {
          spread += (weights == null ? 1 : weights[j]) * (logSum[r] - logits[r][j]);
        }
        sum += smoothing / columns * spread;
      }
    }
    return sum;
  }

  @Test
  void theFirstBadTargetIsNamed() {
    double[][] logits = logits(new SplittableRandom(1), 60, 200);
    int[] labels = new int[60];
    labels[17] = 200;
    labels[59] = -1;
    String message =
        OnThreads.same(
            execution -> {
              BadTargetException refusal =
                  assertThrows(
                      BadTargetException.class,
                      () -> LossRun.of(execution, new CrossEntropy(), logits, LossRun.column(labels), 1));
              return refusal.row() + ": " + refusal.getMessage();
            });
    assertTrue(message.startsWith("17: cross-entropy: target of row 17 is 200.0;"), message);
  }

  @Test
  void allThreadsTakePartWhereItIsWorthIt() {
    assertEquals(3, callers(60, 200));
    assertEquals(2, callers(2, 5_000));
    assertEquals(1, callers(60, 10));
    assertEquals(1, callers(1, 10_000));
  }

  private static int callers(int rows, int classes) {
    Set<Thread> callers = ConcurrentHashMap.newKeySet();
    try (Execution execution = new Execution(OnThreads.watched("softmax", callers), 3)) {
      double[][] targets = LossRun.column(new int[rows]);
      LossRun.of(execution, new CrossEntropy(), logits(new SplittableRandom(1), rows, classes), targets, 1);
    }
    return callers.size();
  }
}
