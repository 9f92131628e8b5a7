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

  /** W_ih and W_hh, all units. */
  final UnitSlice whole;

  /** dx = dy·W: [G·H, in] stands plain. */
  final PackedWeight inputBackward;

  final @Nullable PackedWeight projection;
  final @Nullable PackedWeight projectionBackward;

  private final Kernels kernels;
  private final Memory memory;
  private UnitSlice @Nullable [] slices; // in PyTorch's order
  private UnitSlice @Nullable [] servingSlices; // side by side
  private final Matrix biasSum;
  private final Matrix hiddenBias;
  private final float[] sums; // of the biases: an element of a segment takes its first reader 9 ms (docs/adr/0007)
  private final float[] addends;
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
    this.kernels = kernels;
    this.memory = memory;
    biasSum = memory.vector(cell.gates() * hiddenSize);
    hiddenBias = memory.vector((cell.gates() - cell.summedGates()) * hiddenSize);
    sums = new float[biasIh == null ? 0 : biasSum.columns()];
    addends = new float[sums.length];
    whole = new UnitSlice(this, 0, hiddenSize, true, kernels, memory);
    inputBackward = new PackedWeight(weightIh, Orientation.PLAIN, kernels, memory);
    projection = weightHr == null ? null : new PackedWeight(weightHr, Orientation.TRANSPOSED, kernels, memory);
    projectionBackward = weightHr == null ? null : new PackedWeight(weightHr, Orientation.PLAIN, kernels, memory);
  }

  /**
   * W_ih and W_hh by slices of units, at most so many; made at first need, since most layers need either these or the
   * whole. All passes of a stack have the same number of threads, so they ask for the same slices. The slices of a
   * layer that trains by units serve it too: others would have to be packed anew after each update as well.
   */
  synchronized UnitSlice[] slices(int most, Mode mode) {
    UnitSlice[] made = slices == null && mode == Mode.INFERENCE ? servingSlices : slices;
    if (made == null) {
      made = UnitSlice.split(this, most, mode == Mode.INFERENCE, kernels, memory);
      if (mode == Mode.INFERENCE) {
        servingSlices = made;
      } else {
        slices = made;
      }
    }
    return made;
  }

  /** b_ih + b_hh where both products are summed, b_ih alone for a GRU's n; zeros where there are no biases. */
  Matrix biasSum() {
    refreshBias();
    return biasSum;
  }

  /** Which {@link #biasSum} this is, a number that grows with each change. */
  int biasVersion() {
    return biasVersion;
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
    if (biasVersion == now) {
      return;
    }
    int summed = biasSum.columns() - hiddenBias.columns();
    first.value().copyTo(sums, 0);
    second.value().copyTo(addends, 0);
    for (int u = 0; u < summed; u++) {
      sums[u] += addends[u];
    }
    biasSum.copyFrom(sums, 0);
    if (hiddenBias.columns() > 0) {
      hiddenBias.copyFrom(second.value().columns(summed, hiddenBias.columns()));
    }
    biasVersion = now;
  }
}
