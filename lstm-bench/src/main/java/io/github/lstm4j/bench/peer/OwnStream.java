package io.github.lstm4j.bench.peer;

import io.github.lstm4j.bench.Shape;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.model.Session;
import java.util.List;

/** A stream through a session, input and output in the caller's arrays. */
final class OwnStream implements Workload {
  private final SequenceModel model;
  private final Session session;
  private final float[] x;
  private final float[] y;

  OwnStream(Task task, Operands operands, Kernels kernels, int threads) {
    Shape shape = task.shape();
    model =
        SequenceModel.builder(shape.input())
            .recurrent("rnn", size -> OwnStack.options(shape))
            .threads(threads)
            .kernels(kernels)
            .build();
    OwnStack.fill(model::parameter, "rnn.", shape, operands);
    session = model.session(shape.batch());
    x = operands.input();
    y = new float[shape.batch() * shape.hidden()];
  }

  @Override
  public void call() {
    session.step(x, y);
  }

  @Override
  public List<float[]> results() {
    return List.of(y.clone());
  }

  @Override
  public void close() {
    session.close();
    model.close();
  }
}
