package io.github.lstm4j.bench;

import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.memory.Matrix;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A forward pass for inference: weights packed once, zero initial states. */
public abstract class ForwardState extends RecurrentState {
  private StackState stack;

  /** What a benchmark of any cell starts from. */
  protected ForwardState() {}

  /** Makes stack and buffers. */
  @Setup
  public void open() {
    Shape parsed = Shape.parse(shape);
    Work.flops(parsed.sequenceFlops(cell().gates()));
    stack = new StackState(this, parsed, Mode.INFERENCE);
  }

  /**
   * One call, from zero states: an inference pass keeps its cell states, so they are cleared each time.
   *
   * @return the outputs [B·T, H]
   */
  Matrix run() {
    stack.pass.states().setInitial(null, null);
    stack.pass.forward(Noise.NONE);
    return stack.pass.output();
  }

  /** Frees them. */
  @TearDown
  public void close() {
    stack.close();
  }
}
