package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pooling over time that keeps each sequence's last valid step, in the user's order of sequences. */
public final class LastStep implements Layer {
  private final int size;

  /**
   * Keeps last steps.
   *
   * @param size features of input and output
   */
  public LastStep(int size) {
    this.size = size;
  }

  @Override
  public String describe() {
    return "LastStep";
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

  private static final class Pass implements LayerPass {
    private final StepPlan pooled;
    private final Matrix output;
    private final @Nullable Matrix outputGradient;
    private final @Nullable Matrix inputGradient;
    private final Matrix[] from;
    private final Matrix[] to;
    private final Matrix[] gradientTo;
    private final Matrix[] gradientFrom;

    Pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
      int batch = plan.batch();
      this.inputGradient = inputGradient;
      pooled = StepPlan.of(batch, 1);
      output = memory.matrix(batch, input.columns());
      outputGradient = mode == Mode.TRAINING ? memory.matrix(batch, input.columns()) : null;
      from = new Matrix[batch];
      to = new Matrix[batch];
      boolean backward = inputGradient != null && outputGradient != null;
      gradientFrom = new Matrix[backward ? batch : 0];
      gradientTo = new Matrix[gradientFrom.length];
      for (int p = 0; p < batch; p++) {
        int row = plan.finalState(p, false) - batch;
        from[p] = input.rows(row, 1);
        to[p] = output.rows(plan.sequence(p), 1);
        if (backward) {
          gradientFrom[p] = Objects.requireNonNull(outputGradient).rows(plan.sequence(p), 1);
          gradientTo[p] = Objects.requireNonNull(inputGradient).rows(row, 1);
        }
      }
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
      copy(from, to);
    }

    @Override
    public void backward(boolean needsInput) {
      if (inputGradient != null && needsInput) {
        inputGradient.fill(0f);
        copy(gradientFrom, gradientTo);
      }
    }

    private static void copy(Matrix[] from, Matrix[] to) {
      for (int i = 0; i < from.length; i++) {
        to[i].copyFrom(from[i]);
      }
    }
  }
}
