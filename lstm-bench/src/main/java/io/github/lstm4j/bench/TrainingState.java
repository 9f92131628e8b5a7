package io.github.lstm4j.bench;

import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.Parameter;
import io.github.lstm4j.memory.Matrix;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A training step without the optimizer: weights packed anew, as they are after each update, forward, backward of the
 * sum of the outputs, gradients of all weights and of the input.
 */
public abstract class TrainingState extends RecurrentState {
  private StackState stack;
  private List<Parameter> parameters;

  /** What a benchmark of any cell starts from. */
  protected TrainingState() {}

  /** Makes stack, tape and buffers. */
  @Setup
  public void open() {
    Shape parsed = Shape.parse(shape);
    Work.flops(3 * parsed.sequenceFlops(cell().gates()));
    stack = new StackState(this, parsed, Mode.TRAINING);
    parameters = List.copyOf(stack.parameters.all());
  }

  /**
   * One call.
   *
   * @return a gradient, that of the first layer's input weight
   */
  Matrix run() {
    for (int p = 0; p < parameters.size(); p++) { // by index: an iterator would be the only object a call makes
      parameters.get(p).changed();
    }
    stack.parameters.zeroGradients();
    stack.pass.forward(Noise.NONE);
    Objects.requireNonNull(stack.pass.outputGradient()).fill(1f);
    stack.pass.backward();
    return parameters.getFirst().gradient();
  }

  /** Frees them. */
  @TearDown
  public void close() {
    stack.close();
  }
}
