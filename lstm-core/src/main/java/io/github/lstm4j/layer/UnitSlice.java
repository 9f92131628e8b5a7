package io.github.lstm4j.layer;

import static io.github.lstm4j.kernels.Store.ACCUMULATE;
import static io.github.lstm4j.kernels.Store.OVERWRITE;

import io.github.lstm4j.kernels.GateKernels;
import io.github.lstm4j.kernels.Kernels;
import io.github.lstm4j.kernels.Orientation;
import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a range of hidden units, packed: forward all gates of these units, backward the columns of W_hh that
 * give the gradient of these units' previous output. All units together are one slice, or several where threads share a
 * step.
 *
 * <p>While serving, nobody else reads the gates of a slice, so they may stand side by side and its weights be one
 * operand (but for a GRU's n): a product instead of one for each gate, which for a single row takes 4.7 µs instead of
 * 5.6 (128 of 256 units). Training keeps PyTorch's order, in which the gates' gradients are multiplied later on.
 */
final class UnitSlice {
  /** The first unit, among the columns that the kernels of the gates get: 0 where the gates stand side by side. */
  final int from;

  /** One past the last unit, likewise. */
  final int to;

  private final DirectionWeights weights;
  private final int first; // of all units
  private final int units;
  private final boolean whole;
  private final boolean sideBySide;
  private final int hidden;
  private final int gateCount;
  private final int summed; // gate blocks whose two products are added; a GRU's n has them apart
  private final Kernels kernels;
  private final PackedWeight[] input; // one [in, G·U] where the gates stand side by side, else an [in, U] of each
  private final PackedWeight[] recurrent; // one [R, S·U], else an [R, U] of each gate
  private final @Nullable PackedWeight candidate; // [H, U]
  private final PackedWeight back; // [S·H, R] of all units, else [S·H, U]
  private final @Nullable PackedWeight candidateBack; // [H, U]
  private final @Nullable Matrix bias; // [1, G·U] of some of the units whose gates stand side by side
  private final @Nullable Matrix hiddenBias; // [1, U] likewise, of a GRU
  private volatile int biasVersion = -1;

  /**
   * Units from one to another.
   *
   * @param weights whose parameters are known already
   * @param first the first unit
   * @param end one past the last
   * @param sideBySide whether the gates of these units stand side by side; those of all units do anyway
   * @param kernels what packs
   * @param memory who owns the packed copies
   */
  UnitSlice(DirectionWeights weights, int first, int end, boolean sideBySide, Kernels kernels, Memory memory) {
    this.weights = weights;
    this.first = first;
    this.kernels = kernels;
    units = end - first;
    hidden = weights.hiddenSize;
    gateCount = weights.cell.gates();
    whole = units == hidden;
    this.sideBySide = whole || sideBySide;
    from = this.sideBySide ? 0 : first;
    to = from + units;
    summed = weights.cell.summedGates();
    boolean own = this.sideBySide && !whole;
    bias = own ? memory.vector(gateCount * units) : null;
    hiddenBias = own && summed < gateCount ? weights.hiddenBias().columns(first, units) : null;
    Parameter weight = weights.weightHh;
    Matrix sums = weight.value().rows(0, summed * hidden);
    input = transposed(weights.weightIh, weights.weightIh.value(), memory);
    recurrent = transposed(weight, sums, memory);
    back = new PackedWeight(weight, columns(sums), Orientation.PLAIN, kernels, memory);
    if (summed == gateCount) {
      candidate = null;
      candidateBack = null;
    } else {
      Matrix apart = weight.value().rows(summed * hidden, hidden);
      candidate = transposed(weight, apart, memory)[0]; // of one gate
      candidateBack = new PackedWeight(weight, columns(apart), Orientation.PLAIN, kernels, memory);
    }
  }

  /**
   * Slices as equal as can be, that begin at multiples of {@link GateKernels#UNIT_BLOCK}; fewer than asked for where
   * there are fewer such blocks.
   */
  static UnitSlice[] split(
      DirectionWeights weights, int most, boolean sideBySide, Kernels kernels, Memory memory) {
    int hidden = weights.hiddenSize;
    int slices = Math.min(most, Parts.blocks(hidden, GateKernels.UNIT_BLOCK));
    UnitSlice[] made = new UnitSlice[slices];
    for (int slice = 0; slice < slices; slice++) {
      int first = Parts.bound(hidden, slices, slice, GateKernels.UNIT_BLOCK);
      int end = Parts.bound(hidden, slices, slice + 1, GateKernels.UNIT_BLOCK);
      made[slice] = new UnitSlice(weights, first, end, sideBySide, kernels, memory);
    }
    return made;
  }

  private PackedWeight[] transposed(Parameter parameter, Matrix rows, Memory memory) {
    List<Matrix> ofGates =
        whole ? List.of(rows) : blocks(rows.rows() / hidden, gate -> rows.rows(gate * hidden + first, units));
    PackedWeight[] packed = new PackedWeight[sideBySide ? 1 : ofGates.size()];
    for (int i = 0; i < packed.length; i++) {
      List<Matrix> parts = sideBySide ? ofGates : List.of(ofGates.get(i));
      packed[i] = new PackedWeight(parameter, parts, Orientation.TRANSPOSED, kernels, memory);
    }
    return packed;
  }

  private static List<Matrix> blocks(int count, IntFunction<Matrix> block) {
    return IntStream.range(0, count).mapToObj(block).toList();
  }

  /** These units' columns of states [n, H]; all of them, H or a projection's, where these are all units. */
  Matrix columns(Matrix states) {
    return whole ? states : states.columns(first, units);
  }

  /** What the kernels of the gates get of states [n, H]: these units' columns, or all, of which they take these. */
  Matrix kernelStates(Matrix states) {
    return sideBySide ? columns(states) : states;
  }

  /** What the kernels of the gates get of gates [n, G·H]. */
  Matrix kernelGates(Matrix all) {
    return sideBySide ? all.columns(first * gateCount, units * gateCount) : all;
  }

  /** The views of gates [n, G·H] that {@link #project} writes. */
  List<Matrix> inputTargets(Matrix all) {
    return targets(all, gateCount);
  }

  /** The views of gates [n, G·H] to which {@link #multiply} adds. */
  List<Matrix> recurrentTargets(Matrix all) {
    return targets(all, summed);
  }

  private List<Matrix> targets(Matrix all, int count) {
    return sideBySide
        ? List.of(kernelGates(all).columns(0, count * units))
        : blocks(count, gate -> all.columns(gate * hidden + first, units));
  }

  /** The bias of {@link #kernelGates}: b_ih + b_hh where both products are summed, b_ih alone for a GRU's n. */
  Matrix bias() {
    Matrix all = weights.biasSum();
    Matrix own = bias;
    if (own == null) {
      return all;
    }
    if (biasVersion != weights.biasVersion()) {
      joinBias(own, all);
    }
    return own;
  }

  /** The bias of a GRU's n that is added to the recurrent product; empty for other cells. */
  Matrix hiddenBias() {
    Matrix all = weights.hiddenBias();
    return hiddenBias == null ? all : hiddenBias;
  }

  private synchronized void joinBias(Matrix own, Matrix all) {
    int now = weights.biasVersion();
    if (biasVersion == now) {
      return;
    }
    for (int gate = 0; gate < gateCount; gate++) {
      own.columns(gate * units, units).copyFrom(all.columns(gate * hidden + first, units));
    }
    biasVersion = now;
  }

  /** All that is packed for going forward. */
  List<PackedWeight> forwardWeights() {
    List<PackedWeight> all = new ArrayList<>(List.of(input));
    all.addAll(List.of(recurrent));
    if (candidate != null) {
      all.add(candidate);
    }
    return all;
  }

  /** All that is packed for going backward. */
  List<PackedWeight> backwardWeights() {
    return candidateBack == null ? List.of(back) : List.of(back, candidateBack);
  }

  /** x·W_ihᵀ, all gates. */
  void project(List<Matrix> targets, Matrix x) {
    for (int i = 0; i < targets.size(); i++) {
      kernels.gemm(targets.get(i), x, input[i].get(), OVERWRITE);
    }
  }

  /** x·W_ihᵀ of several matrices x. Only of all units, or gates side by side, whose weights are one operand. */
  void projectEach(List<Matrix> gates, List<Matrix> x) {
    kernels.gemmEach(gates, x, input[0].get(), OVERWRITE);
  }

  /** Adds hPrev·W_hhᵀ. */
  void multiply(List<Matrix> targets, Matrix hPrev) {
    for (int i = 0; i < targets.size(); i++) {
      kernels.gemm(targets.get(i), hPrev, recurrent[i].get(), ACCUMULATE);
    }
  }

  /** hPrev·W_hnᵀ of a GRU. */
  void multiplyCandidate(Matrix target, Matrix hPrev) {
    kernels.gemm(target, hPrev, Objects.requireNonNull(candidate).get(), OVERWRITE);
  }

  /** Adds dgates·W_hh, over all summed gates of all units, to the gradient of these units. */
  void multiplyBack(Matrix dHPrev, Matrix dGates) {
    kernels.gemm(dHPrev, dGates, back.get(), ACCUMULATE);
  }

  /** Adds dq·W_hn of a GRU, likewise. */
  void multiplyCandidateBack(Matrix dHPrev, Matrix dHiddenN) {
    kernels.gemm(dHPrev, dHiddenN, Objects.requireNonNull(candidateBack).get(), ACCUMULATE);
  }
}
