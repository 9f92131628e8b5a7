package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mean or the maximum over each sequence's own steps, in the user's order of sequences. The mean adds by ascending
 * time and divides once; the maximum's gradient goes to the first step that has it.
 */
public final class PoolOverTime implements Layer {
  private final Kind kind;
  private final int size;

  /** Which pooling. */
  public enum Kind {
    /** The mean over the valid steps. */
    MEAN,
    /** The largest value over the valid steps, unit by unit. */
    MAX
  }

  /**
   * A pooling layer.
   *
   * @param kind which pooling
   * @param size features of input and output
   */
  public PoolOverTime(Kind kind, int size) {
    this.kind = kind;
    this.size = size;
  }

  @Override
  public String describe() {
    return kind == Kind.MEAN ? "MeanOverTime" : "MaxOverTime";
  }

  @Override
  public int outputSize() {
    return size;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public void close() {
    // owns nothing
  }

  @Override
  public LayerPass pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
    return new Pass(plan, input, inputGradient, mode, memory);
  }

  private final class Pass implements LayerPass {
    private final StepPlan plan;
    private final StepPlan pooled;
    private final Matrix input;
    private final Matrix output;
    private final @Nullable Matrix outputGradient;
    private final @Nullable Matrix inputGradient;
    private final int[] largest; // [batch · size]: the row that holds each maximum

    Pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
      this.plan = plan;
      this.input = input;
      this.inputGradient = inputGradient;
      pooled = StepPlan.of(plan.batch(), 1);
      output = memory.matrix(plan.batch(), size);
      outputGradient = mode == Mode.TRAINING ? memory.matrix(plan.batch(), size) : null;
      largest = new int[kind == Kind.MAX ? Math.multiplyExact(plan.batch(), size) : 0];
    }

    @Override
    public StepPlan plan() {
      return pooled;
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public @Nullable Matrix outputGradient() {
      return outputGradient;
    }

    @Override
    public void forward(Noise noise) {
      for (int p = 0; p < plan.batch(); p++) {
        for (int u = 0; u < size; u++) {
          output.set(plan.sequence(p), u, kind == Kind.MEAN ? mean(p, u) : max(p, u));
        }
      }
    }

    private float mean(int position, int unit) {
      float sum = 0;
      for (int t = 0; t < plan.length(position); t++) {
        sum += input.get(plan.offset(t) + position, unit);
      }
      return sum / plan.length(position);
    }

    /** NaN wins, as in PyTorch. */
    private float max(int position, int unit) {
      int row = position; // of step 0
      float max = input.get(row, unit);
      for (int t = 1; t < plan.length(position); t++) {
        float x = input.get(plan.offset(t) + position, unit);
        if (x > max || (Float.isNaN(x) && !Float.isNaN(max))) {
          max = x;
          row = plan.offset(t) + position;
        }
      }
      largest[position * size + unit] = row;
      return max;
    }

    @Override
    public void backward(boolean needsInput) {
      if (inputGradient == null || outputGradient == null || !needsInput) {
        return;
      }
      inputGradient.fill(0f);
      for (int p = 0; p < plan.batch(); p++) {
        for (int u = 0; u < size; u++) {
          float d = outputGradient.get(plan.sequence(p), u);
          if (kind == Kind.MAX) {
            inputGradient.set(largest[p * size + u], u, d);
          } else {
            spread(p, u, d / plan.length(p));
          }
        }
      }
    }

    private void spread(int position, int unit, float gradient) {
      for (int t = 0; t < plan.length(position); t++) {
        Objects.requireNonNull(inputGradient).set(plan.offset(t) + position, unit, gradient);
      }
    }
  }
}
