package io.github.lstm4j.bench;

import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.model.Session;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Streams through a session: one step a call, the state carried, input and output in the caller's arrays. */
public abstract class StreamState extends RecurrentState {
  private static final long SEED = 7;

  private SequenceModel model;
  private Session session;
  private float[] x;
  private float[] y;

  /** What a benchmark of any cell starts from. */
  protected StreamState() {}

  /** Makes model and session; of the shape, only the steps are not asked. */
  @Setup
  public void open() {
    Shape parsed = Shape.parse(shape).singleStep();
    Work.flops(parsed.forwardFlops(cell().gates()));
    model =
        SequenceModel.builder(parsed.input())
            .recurrent("rnn", size -> options(parsed))
            .threads(threads)
            .kernels(chosenKernels())
            .seed(SEED)
            .build();
    session = model.session(parsed.batch());
    x = RandomMatrix.array(parsed.batch() * parsed.input());
    y = new float[parsed.batch() * parsed.hidden()];
  }

  /**
   * One step.
   *
   * @return the outputs [B·H]
   */
  float[] run() {
    session.step(x, y);
    return y;
  }

  /** Frees them. */
  @TearDown
  public void close() {
    session.close();
    model.close();
  }
}
