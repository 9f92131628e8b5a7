package io.github.lstm4j.model;

import io.github.lstm4j.layer.Mode;
import io.github.lstm4j.layer.Noise;
import io.github.lstm4j.layer.PoolOverTime;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.StepPlan;
import io.github.lstm4j.memory.Tensor;

/**
 * Streams through a model: each call is one time step of every stream, and the state stays here between calls. Steps
 * give the same bits as one pass over the whole sequence.
 *
 * <p>A session belongs to one thread at a time; many sessions can share a model without locks. A step allocates nothing
 * where the caller brings the arrays.
 */
public final class Session implements AutoCloseable {
  private final ModelPass pass;
  private final int batch;
  private boolean fresh = true;

  Session(SequenceModel model, int batch) {
    for (LayerSpec spec : model.specs()) {
      if (spec instanceof LayerSpec.Recurrent(String name, RecurrentOptions options) && options.bidirectional()) {
        throw new IllegalStateException(
            "layer " + name + " is bidirectional: it needs whole sequences, so it can't serve a stream");
      }
      if (spec instanceof LayerSpec.Pool pool) {
        throw new IllegalStateException(
            "the model takes the " + (pool.kind() == PoolOverTime.Kind.MEAN ? "mean" : "maximum")
                + " over time: it needs whole sequences, so it can't serve a stream");
      }
    }
    this.batch = batch;
    pass = model.pass(StepPlan.of(batch, 1), Mode.INFERENCE);
  }

  /**
   * One step.
   *
   * @param x [batch · features], one row after the other
   * @param y result [batch · outputs]
   * @throws IllegalArgumentException if an array has another length
   */
  public void step(float[] x, float[] y) {
    check("x", x.length, pass.input().columns());
    check("y", y.length, pass.outputRows().columns());
    if (!fresh) {
      pass.carryStates();
    }
    fresh = false;
    pass.input().copyFrom(x, 0);
    pass.forward(Noise.NONE);
    pass.outputRows().copyTo(y, 0);
  }

  private void check(String name, int length, int size) {
    if (length != batch * size) {
      throw new IllegalArgumentException(
          name + " has " + length + " elements; expected " + batch * size + " = " + batch + " streams of " + size);
    }
  }

  /**
   * One step.
   *
   * @param x [batch, features]
   * @return [batch, outputs]
   */
  public Tensor step(Tensor x) {
    x.require("x", batch, pass.input().columns());
    Tensor y = Tensor.zeros(batch, pass.outputRows().columns());
    step(x.data(), y.data());
    return y;
  }

  /** Forgets: the next step starts from zero states. */
  public void reset() {
    pass.resetStates();
    fresh = true;
  }

  /**
   * Off-heap storage of this session.
   *
   * @return bytes
   */
  public long bytes() {
    return pass.bytes();
  }

  /** Frees the state. */
  @Override
  public void close() {
    pass.close();
  }
}
