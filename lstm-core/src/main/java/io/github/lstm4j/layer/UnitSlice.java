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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a range of hidden units, packed: forward all gates of these units, backward the columns of W_hh that
 * give the gradient of these units' previous output. All units together are one slice, or several where threads share a
 * step.
 */
final class UnitSlice {
  /** The first unit. */
  final int from;

  /** One past the last unit. */
  final int to;

  private final boolean whole;
  private final int hidden;
  private final int summed; // gate blocks whose two products are added; a GRU's n has them apart
  private final Kernels kernels;
  private final PackedWeight[] input; // one [in, G·H] of all units, else an [in, n] of each gate
  private final PackedWeight[] recurrent; // one [R, S·H] of all units, else an [R, n] of each gate
  private final @Nullable PackedWeight candidate; // [H, n]
  private final PackedWeight back; // [S·H, R] of all units, else [S·H, n]
  private final @Nullable PackedWeight candidateBack; // [H, n]

  /**
   * Units from one to another.
   *
   * @param weights whose parameters are known already
   * @param from the first unit
   * @param to one past the last
   * @param kernels what packs
   * @param memory who owns the packed copies
   */
  UnitSlice(DirectionWeights weights, int from, int to, Kernels kernels, Memory memory) {
    this.from = from;
    this.to = to;
    this.kernels = kernels;
    hidden = weights.hiddenSize;
    whole = from == 0 && to == hidden;
    summed = weights.cell.summedGates();
    Parameter weight = weights.weightHh;
    Matrix sums = weight.value().rows(0, summed * hidden);
    input = transposed(weights.weightIh, weights.weightIh.value(), memory);
    recurrent = transposed(weight, sums, memory);
    back = new PackedWeight(weight, columns(sums), Orientation.PLAIN, kernels, memory);
    if (summed == weights.cell.gates()) {
      candidate = null;
      candidateBack = null;
    } else {
      Matrix apart = weight.value().rows(summed * hidden, hidden);
      candidate = transposed(weight, apart, memory)[0];
      candidateBack = new PackedWeight(weight, columns(apart), Orientation.PLAIN, kernels, memory);
    }
  }

  /**
   * Slices as equal as can be, that begin at multiples of {@link GateKernels#UNIT_BLOCK}; fewer than asked for where
   * there are fewer such blocks.
   */
  static UnitSlice[] split(DirectionWeights weights, int most, Kernels kernels, Memory memory) {
    int hidden = weights.hiddenSize;
    int slices = Math.min(most, Parts.blocks(hidden, GateKernels.UNIT_BLOCK));
    UnitSlice[] made = new UnitSlice[slices];
    for (int slice = 0; slice < slices; slice++) {
      int from = Parts.bound(hidden, slices, slice, GateKernels.UNIT_BLOCK);
      int to = Parts.bound(hidden, slices, slice + 1, GateKernels.UNIT_BLOCK);
      made[slice] = new UnitSlice(weights, from, to, kernels, memory);
    }
    return made;
  }

  private PackedWeight[] transposed(Parameter parameter, Matrix rows, Memory memory) {
    PackedWeight[] packed = new PackedWeight[whole ? 1 : rows.rows() / hidden];
    for (int gate = 0; gate < packed.length; gate++) {
      Matrix view = whole ? rows : rows.rows(gate * hidden + from, to - from);
      packed[gate] = new PackedWeight(parameter, view, Orientation.TRANSPOSED, kernels, memory);
    }
    return packed;
  }

  /** These units' columns of states [n, H]; all of them, H or a projection's, where these are all units. */
  Matrix columns(Matrix states) {
    return whole ? states : states.columns(from, to - from);
  }

  /** The views of gates [n, G·H] that {@link #project} writes. */
  List<Matrix> inputTargets(Matrix gates) {
    return targets(gates, gates.columns() / hidden);
  }

  /** The views of gates [n, G·H] to which {@link #multiply} adds. */
  List<Matrix> recurrentTargets(Matrix gates) {
    return targets(gates, summed);
  }

  private List<Matrix> targets(Matrix gates, int blocks) {
    if (whole) {
      return List.of(gates.columns(0, blocks * hidden));
    }
    return IntStream.range(0, blocks).mapToObj(gate -> gates.columns(gate * hidden + from, to - from)).toList();
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
