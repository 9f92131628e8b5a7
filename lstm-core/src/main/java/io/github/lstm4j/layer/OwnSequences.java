package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The loop forward of {@link Split#BATCH}, one phase: each part projects the input of its own sequences, a chunk of
 * time at a time, and takes their steps, and has nobody to wait for before the end. So a thread that loses its core for
 * a while does not hold up the others chunk by chunk.
 *
 * <p>While serving, the gates of a chunk overwrite those of the one before. As each part is in a chunk of its own then,
 * each has rows of its own.
 *
 * @param <F> the views of one call in the loop
 */
final class OwnSequences<F> implements IntConsumer {
  private final DirectionPass<F, ?> pass;
  private final UnitSlice slice; // all units
  private final List<List<Chunk<F>>> parts = new ArrayList<>();

  /**
   * The loop.
   *
   * @param pass whose loop it is
   * @param chunks in the order of the loop
   * @param bounds where the sequences of each part begin, and the end
   */
  OwnSequences(DirectionPass<F, ?> pass, List<StepRange> chunks, int[] bounds) {
    this.pass = pass;
    slice = pass.weights.whole;
    int first = 0; // of a part's rows, while serving
    for (int part = 0; part < bounds.length - 1; part++) {
      List<Chunk<F>> own = new ArrayList<>();
      for (StepRange chunk : chunks) {
        Chunk<F> views = chunk(part, chunk, first);
        if (!views.steps.isEmpty()) { // of the shortest sequences the last chunks have no step
          own.add(views);
        }
      }
      parts.add(own);
      first += mostRows(pass.plan, chunks, bounds[part], bounds[part + 1]);
    }
  }

  /** The rows of the gates while serving: of each part's largest chunk. */
  static int servingRows(StepPlan plan, List<StepRange> chunks, int[] bounds) {
    int rows = 0;
    for (int part = 0; part < bounds.length - 1; part++) {
      rows += mostRows(plan, chunks, bounds[part], bounds[part + 1]);
    }
    return rows;
  }

  private static int mostRows(StepPlan plan, List<StepRange> chunks, int from, int to) {
    int most = 0;
    for (StepRange chunk : chunks) {
      int rows = 0;
      for (int step = chunk.from(); step < chunk.to(); step++) {
        rows += Math.max(0, Math.min(to, plan.active(step)) - from);
      }
      most = Math.max(most, rows);
    }
    return most;
  }

  private Chunk<F> chunk(int part, StepRange range, int first) {
    List<Matrix> z = new ArrayList<>();
    List<Matrix> x = new ArrayList<>();
    List<F> steps = new ArrayList<>();
    int row = first;
    for (StepPlan.Run run : pass.runs(part, range)) {
      Matrix gates = pass.gates.rows(pass.training ? run.row() : row, run.count());
      z.add(gates);
      x.add(pass.input.rows(run.row(), run.count()));
      steps.add(pass.forwardStep(run, gates, slice));
      row += run.count();
    }
    return new Chunk<>(z, x, steps);
  }

  @Override
  public void accept(int part) {
    List<Chunk<F>> own = parts.get(part);
    for (int i = 0; i < own.size(); i++) { // by index: an iterator would be an object
      Chunk<F> chunk = own.get(i);
      slice.projectEach(chunk.z, chunk.x);
      for (int step = 0; step < chunk.steps.size(); step++) {
        pass.forward(chunk.steps.get(step), slice);
      }
    }
  }

  /**
   * A part's calls in a chunk of time.
   *
   * @param z the gates of each [n, G·H]
   * @param x the input of each [n, in]
   * @param steps the views of each
   */
  private record Chunk<F>(List<Matrix> z, List<Matrix> x, List<F> steps) {}
}
