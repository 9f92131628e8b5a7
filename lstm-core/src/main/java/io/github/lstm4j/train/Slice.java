package io.github.lstm4j.train;

import io.github.lstm4j.layer.Parts;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Some elements of a parameter, with their gradient and what an optimizer keeps of them.
 *
 * @param value [rows, columns]
 * @param gradient as value
 * @param state matrices as value, as many as the optimizer needs
 */
record Slice(Matrix value, Matrix gradient, List<Matrix> state) {
  /** The columns of a cache line, and of the widest vector. */
  private static final int LINE = Memory.ALIGNMENT / Float.BYTES;

  /** The part that a thread takes: rows, or columns of whole lines where those make more pieces, as in a vector. */
  Slice part(int parts, int part) {
    boolean byRows = value.rows() >= Parts.blocks(value.columns(), LINE);
    int total = byRows ? value.rows() : value.columns();
    int block = byRows ? 1 : LINE;
    int from = Parts.bound(total, parts, part, block);
    int count = Parts.bound(total, parts, part + 1, block) - from;
    UnaryOperator<Matrix> view = byRows ? all -> all.rows(from, count) : all -> all.columns(from, count);
    return new Slice(view.apply(value), view.apply(gradient), state.stream().map(view).toList());
  }

  boolean isEmpty() {
    return value.rows() == 0 || value.columns() == 0;
  }
}
