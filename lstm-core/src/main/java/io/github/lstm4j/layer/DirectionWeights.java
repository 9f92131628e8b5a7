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
  final int gates;
  final Parameter weightIh;
  final Parameter weightHh;
  final @Nullable Parameter biasIh;
  final @Nullable Parameter biasHh;
  final @Nullable Parameter weightHr;

  /** y = x·Wᵀ: [G·H, in] stands transposed. */
  final PackedWeight input;

  final PackedWeight recurrent;

  /** dx = dy·W: [G·H, in] stands plain. */
  final PackedWeight inputBackward;

  final PackedWeight recurrentBackward;
  final @Nullable PackedWeight projection;
  final @Nullable PackedWeight projectionBackward;

  private final Matrix biasSum;
  private volatile int biasVersion = -1;

  DirectionWeights(
      RecurrentOptions options, int layer, boolean reverse, Parameters parameters, String prefix, Kernels kernels,
      Memory memory) {
    String suffix = RecurrentOptions.suffix(layer, reverse);
    this.reverse = reverse;
    hiddenSize = options.hiddenSize();
    stateSize = options.stateSize();
    gates = options.cell().gates();
    weightIh = parameters.get(prefix + "weight_ih" + suffix);
    weightHh = parameters.get(prefix + "weight_hh" + suffix);
    biasIh = options.bias() ? parameters.get(prefix + "bias_ih" + suffix) : null;
    biasHh = options.bias() ? parameters.get(prefix + "bias_hh" + suffix) : null;
    weightHr = options.projSize() > 0 ? parameters.get(prefix + "weight_hr" + suffix) : null;
    input = new PackedWeight(weightIh, Orientation.TRANSPOSED, kernels, memory);
    recurrent = new PackedWeight(weightHh, Orientation.TRANSPOSED, kernels, memory);
    inputBackward = new PackedWeight(weightIh, Orientation.PLAIN, kernels, memory);
    recurrentBackward = new PackedWeight(weightHh, Orientation.PLAIN, kernels, memory);
    projection = weightHr == null ? null : new PackedWeight(weightHr, Orientation.TRANSPOSED, kernels, memory);
    projectionBackward = weightHr == null ? null : new PackedWeight(weightHr, Orientation.PLAIN, kernels, memory);
    biasSum = memory.vector(gates * hiddenSize);
  }

  /** b_ih + b_hh, or zeros where there are none: what an LSTM's gates add. */
  Matrix biasSum() {
    Parameter first = biasIh;
    Parameter second = biasHh;
    if (first != null && second != null && biasVersion != first.version() + second.version()) {
      refresh(first, second);
    }
    return biasSum;
  }

  private synchronized void refresh(Parameter first, Parameter second) {
    int now = first.version() + second.version(); // versions only grow, so their sum tells every change
    for (int u = 0; u < biasSum.columns(); u++) {
      biasSum.set(0, u, first.value().get(0, u) + second.value().get(0, u));
    }
    biasVersion = now;
  }
}
