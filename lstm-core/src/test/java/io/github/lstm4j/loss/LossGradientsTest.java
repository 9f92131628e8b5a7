package io.github.lstm4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Every loss against PyTorch's formula in double precision, its gradient against central differences of that formula.
 */
class LossGradientsTest {
  private static double[][] random(SplittableRandom random, int rows, int columns, double scale) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      Arrays.setAll(row, c -> (float) (scale * random.nextGaussian()));
    }
    return values;
  }

  @Property(tries = 400)
  void crossEntropy(
      @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll @IntRange(min = 1, max = 37) int classes,
      @ForAll boolean weighted, @ForAll @IntRange(min = 0, max = 3) int smoothed, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] logits = random(random, rows, classes, random.nextBoolean() ? 1 : 8);
    // one of the classes: also fine
    int ignored = random.nextBoolean() ? CrossEntropy.IGNORED : random.nextInt(classes);
    int[] labels = new int[rows];
    Arrays.setAll(labels, r -> random.nextInt(4) == 0 ? ignored : random.nextInt(classes));
    Assume.that(Arrays.stream(labels).anyMatch(label -> label != ignored));
    double @Nullable [] weights = null;
    if (weighted) {
      weights = new double[classes];
      Arrays.setAll(weights, c -> 0.1 + random.nextDouble());
    }
    double smoothing = smoothed * 0.2;
    double scale = 0.25 + random.nextDouble();
    LossRun run =
        LossRun.of(new CrossEntropy(ignored, smoothing, weights), logits, LossRun.column(labels), scale);
    TorchLosses.Mean torch = TorchLosses.crossEntropy(labels, ignored, smoothing, weights);
    double mean = torch.of(logits);
    // Row errors are averaged with the rows' weights; a smoothed row weighs up to its largest class weight over the
    // least.
    double spread = weighted ? 11 : 1;
    assertEquals(mean, run.sum().mean(), spread * TorchLosses.logSumError(classes), "mean");
    double[][] expected = TorchLosses.gradient(torch, logits);
    double tolerance = scale * (spread * TorchLosses.probabilityError(classes) + TorchLosses.differenceError(mean));
    for (int i = 0; i < run.gradient().length; i++) {
      assertEquals(scale * expected[i / classes][i % classes], run.gradient()[i], tolerance, "gradient " + i);
    }
  }

  /** Which loss. */
  enum Kind {
    ABSOLUTE,
    SQUARED,
    HUBER,
    BINARY
  }

  private static Loss loss(Kind kind) {
    return switch (kind) {
      case ABSOLUTE -> new MeanAbsoluteError();
      case SQUARED -> new MeanSquaredError();
      case HUBER -> new HuberLoss(0.7);
      case BINARY -> new BinaryCrossEntropy();
    };
  }

  private static double term(Kind kind, double x, double t) {
    return switch (kind) {
      case ABSOLUTE -> Math.abs(x - t);
      case SQUARED -> (x - t) * (x - t);
      case HUBER -> TorchLosses.huber(x, t, 0.7);
      case BINARY -> TorchLosses.binary(x, t);
    };
  }

  /**
   * These are computed in double precision and rounded once: half an ulp of the gradient, beside the differences'
   * error.
   */
  @Property(tries = 300)
  void elementwise(@ForAll Kind kind, @ForAll @IntRange(min = 1, max = 7) int columns, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] outputs = random(random, 3, columns, 3);
    double[][] targets = random(random, 3, columns, 3);
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < columns; c++) {
        targets[r][c] = kind == Kind.BINARY ? (float) random.nextDouble() : targets[r][c];
        double distance = Math.abs(outputs[r][c] - targets[r][c]);
        double kink = kind == Kind.ABSOLUTE ? 0 : 0.7;
        boolean near = kind != Kind.SQUARED && Math.abs(distance - kink) < 1e-3;
        outputs[r][c] = near ? (float) (outputs[r][c] + 0.125) : outputs[r][c];
      }
    }
    double scale = 0.25 + random.nextDouble();
    LossRun run = LossRun.of(loss(kind), outputs, targets, scale);
    TorchLosses.Mean torch = TorchLosses.mean(targets, (x, t) -> term(kind, x, t));
    double mean = torch.of(outputs);
    assertEquals(mean, run.sum().mean(), 1e-13 * mean, "mean of 21 doubles at most");
    assertEquals(3 * columns, run.sum().weight());
    double[][] expected = Objects.requireNonNull(TorchLosses.gradient(torch, outputs));
    for (int i = 0; i < run.gradient().length; i++) {
      double value = scale * expected[i / columns][i % columns];
      double tolerance = TorchLosses.U * Math.abs(value) + 2 * TorchLosses.differenceError(mean);
      assertEquals(value, run.gradient()[i], tolerance, kind + " " + i);
    }
  }
}
