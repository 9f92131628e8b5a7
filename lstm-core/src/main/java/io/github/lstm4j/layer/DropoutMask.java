package io.github.lstm4j.layer;

import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.random.CounterRun;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Inverted dropout: an element survives with probability 1 − rate and is then multiplied by 1/(1 − rate). Whether it
 * survives depends on (key, time step, sequence of the batch, unit) alone, so the backward pass computes the same mask
 * again instead of storing it.
 */
final class DropoutMask {
  /** Numbers of which the generator draws one: multiples of 2⁻²⁴. */
  private static final int NUMBERS = 24;

  private final StepPlan plan;
  private final @Nullable Workers workers;
  private final long least; // the smallest of the numbers that survives
  private final float scale;
  private final int parts;
  private final CounterRun[] runs; // of each part
  private final IntConsumer job = this::part;

  private @Nullable Matrix target;
  private @Nullable Matrix source;
  private long key;

  /** A mask that the calling thread applies alone. */
  DropoutMask(StepPlan plan, float rate) {
    this(plan, rate, null);
  }

  /** A mask that threads share, a range of time steps each. */
  DropoutMask(StepPlan plan, float rate, @Nullable Workers workers) {
    this.plan = plan;
    this.workers = workers;
    least = (long) Math.ceil((double) rate * (1L << NUMBERS)); // exact: a float times a power of two
    scale = rate == 1 ? 0 : 1 / (1 - rate);
    parts = workers == null ? 1 : Math.min(workers.count(), plan.longest());
    runs = new CounterRun[parts];
    Arrays.setAll(runs, part -> new CounterRun());
  }

  /**
   * target = source with some elements zeroed and the others scaled.
   *
   * @param target [N, units]; may be source itself
   * @param source [N, units]
   * @param key of this update and place
   */
  void apply(Matrix target, Matrix source, long key) {
    this.target = target;
    this.source = source;
    this.key = key;
    if (workers == null) {
      part(0);
    } else {
      workers.run(parts, job);
    }
  }

  private void part(int part) {
    Matrix to = Objects.requireNonNull(target);
    Matrix from = Objects.requireNonNull(source);
    int end = Parts.bound(plan.longest(), parts, part + 1);
    for (int t = Parts.bound(plan.longest(), parts, part); t < end; t++) {
      for (int p = 0; p < plan.active(t); p++) {
        row(to, from, plan.offset(t) + p, (long) t * plan.batch() + plan.sequence(p), runs[part]);
      }
    }
  }

  private void row(Matrix to, Matrix from, int row, long stream, CounterRun numbers) {
    MemorySegment read = from.segment();
    MemorySegment written = to.segment();
    int units = from.columns();
    for (int first = 0; first < units; first += CounterRun.LENGTH) {
      int count = Math.min(CounterRun.LENGTH, units - first);
      numbers.generate(key, stream, first, count);
      long readAt = from.offset(row, first);
      long writtenAt = to.offset(row, first);
      for (int j = 0; j < count; j++) {
        // All bits where the number is less than the least, none elsewhere: a jump would be foretold wrongly too often.
        int dropped = (int) (((numbers.bits(j) >>> (Long.SIZE - NUMBERS)) - least) >> (Long.SIZE - 1));
        int x = Float.floatToRawIntBits(read.get(FLOAT, readAt + (long) j * Float.BYTES) * scale);
        written.set(FLOAT, writtenAt + (long) j * Float.BYTES, Float.intBitsToFloat(x & ~dropped));
      }
    }
  }
}
