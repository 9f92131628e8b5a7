package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import io.github.lstm4j.random.CounterRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inverted dropout while training, nothing while serving: PyTorch's {@code nn.Dropout}. */
public final class Dropout implements Layer {
  private final long place;
  private final int size;
  private final float rate;

  /**
   * A dropout layer.
   *
   * @param name part of the key of its masks
   * @param size features of input and output
   * @param rate the probability of zeroing an element, {@code p}
   * @throws IllegalArgumentException if the rate is no probability
   */
  public Dropout(String name, int size, float rate) {
    checkRate(rate);
    this.place = CounterRandom.stream(name);
    this.size = size;
    this.rate = rate;
  }

  /**
   * Fails unless a rate is one: asked before anything is allocated.
   *
   * @param rate the probability of zeroing an element
   * @throws IllegalArgumentException if it is no probability
   */
  public static void checkRate(float rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("dropout is " + rate + "; expected a probability, 0 to 1");
    }
  }

  @Override
  public String describe() {
    return "Dropout(p=" + rate + ")";
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
    private final Matrix input;
    private final Matrix output;
    private final @Nullable Matrix outputGradient;
    private final @Nullable Matrix inputGradient;
    private final DropoutMask mask;
    private final boolean active;
    private long key;

    Pass(StepPlan plan, Matrix input, @Nullable Matrix inputGradient, Mode mode, Memory memory) {
      this.plan = plan;
      this.input = input;
      this.inputGradient = inputGradient;
      this.mask = new DropoutMask(plan, rate);
      this.active = mode == Mode.TRAINING && rate > 0;
      output = active ? memory.matrix(input.rows(), size) : input;
      outputGradient = mode == Mode.TRAINING ? memory.matrix(input.rows(), size) : null;
    }

    @Override
    public StepPlan plan() {
      return plan;
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
      if (active) {
        key = noise.key(place);
        mask.apply(output, input, key);
      }
    }

    @Override
    public void backward(boolean needsInput) {
      if (inputGradient == null || outputGradient == null || !needsInput) {
        return;
      }
      if (active) {
        mask.apply(inputGradient, outputGradient, key);
      } else {
        inputGradient.copyFrom(outputGradient);
      }
    }
  }
}
