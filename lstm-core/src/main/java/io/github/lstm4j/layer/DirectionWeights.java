package io.github.lstm4j.layer;

import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import org.jspecify.annotations.Nullable;

/** The parameters of one layer in one direction, and their packed copies for the forward and the backward products. */
final class DirectionWeights {
  final boolean reverse;
  final int hiddenSize;
  final int stateSize;
  final CellKind cell;
  final Parameter weightIh;
  final Parameter weightHh;
  final @Nullable Parameter biasIh;
  final @Nullable Parameter biasHh;
  final @Nullable Parameter weightHr;

  /** y = x·Wᵀ: [G·H, in] stands transposed. */
  final PackedWeight input;

  /** The rows of W_hh whose product is added to the input's: all, or a GRU's r and z. */
  final PackedWeight recurrent;

  /** The rows of W_hh of a GRU's n, whose product stays apart. */
  final @Nullable PackedWeight candidate;

  /** dx = dy·W: [G·H, in] stands plain. */
  final PackedWeight inputBackward;

  final PackedWeight recurrentBackward;
  final @Nullable PackedWeight candidateBackward;
  final @Nullable PackedWeight projection;
  final @Nullable PackedWeight projectionBackward;

  private final Matrix biasSum;
  private final Matrix hiddenBias;
  private volatile int biasVersion = -1;

  DirectionWeights(
      RecurrentOptions options, int layer, boolean reverse, Parameters parameters, String prefix, Kernels kernels,
      Memory memory) {
    String suffix = RecurrentOptions.suffix(layer, reverse);
    this.reverse = reverse;
    hiddenSize = options.hiddenSize();
    stateSize = options.stateSize();
    cell = options.cell();
    weightIh = parameters.get(prefix + "weight_ih" + suffix);
    weightHh = parameters.get(prefix + "weight_hh" + suffix);
    biasIh = options.bias() ? parameters.get(prefix + "bias_ih" + suffix) : null;
    biasHh = options.bias() ? parameters.get(prefix + "bias_hh" + suffix) : null;
    weightHr = options.projSize() > 0 ? parameters.get(prefix + "weight_hr" + suffix) : null;
    input = new PackedWeight(weightIh, Orientation.TRANSPOSED, kernels, memory);
    int summed = cell.summedGates() * hiddenSize;
    int apart = cell.gates() * hiddenSize - summed;
    Matrix summedRows = weightHh.value().rows(0, summed);
    recurrent = new PackedWeight(weightHh, summedRows, Orientation.TRANSPOSED, kernels, memory);
    recurrentBackward = new PackedWeight(weightHh, summedRows, Orientation.PLAIN, kernels, memory);
    Matrix apartRows = weightHh.value().rows(summed, apart);
    candidate = apart == 0 ? null : new PackedWeight(weightHh, apartRows, Orientation.TRANSPOSED, kernels, memory);
    candidateBackward = apart == 0 ? null : new PackedWeight(weightHh, apartRows, Orientation.PLAIN, kernels, memory);
    inputBackward = new PackedWeight(weightIh, Orientation.PLAIN, kernels, memory);
    projection = weightHr == null ? null : new PackedWeight(weightHr, Orientation.TRANSPOSED, kernels, memory);
    projectionBackward = weightHr == null ? null : new PackedWeight(weightHr, Orientation.PLAIN, kernels, memory);
    biasSum = memory.vector(cell.gates() * hiddenSize);
    hiddenBias = memory.vector(apart);
  }

  /** b_ih + b_hh where both products are summed, b_ih alone for a GRU's n; zeros where there are no biases. */
  Matrix biasSum() {
    refreshBias();
    return biasSum;
  }

  /** b_hh of a GRU's n [1, H]; empty for other cells. */
  Matrix hiddenBias() {
    refreshBias();
    return hiddenBias;
  }

  private void refreshBias() {
    Parameter first = biasIh;
    Parameter second = biasHh;
    if (first != null && second != null && biasVersion != first.version() + second.version()) {
      refresh(first, second);
    }
  }

  private synchronized void refresh(Parameter first, Parameter second) {
    int now = first.version() + second.version(); // versions only grow, so their sum tells every change
    int summed = biasSum.columns() - hiddenBias.columns();
    for (int u = 0; u < biasSum.columns(); u++) {
      float own = first.value().get(0, u);
      biasSum.set(0, u, u < summed ? own + second.value().get(0, u) : own);
    }
    if (hiddenBias.columns() > 0) {
      hiddenBias.copyFrom(second.value().columns(summed, hiddenBias.columns()));
    }
    biasVersion = now;
  }
}
