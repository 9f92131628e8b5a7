package io.github.lstm4j.kernels;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.memory.Memory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be fast, as a few coarse operations on row-major views, results first.
 *
 * <h2>One arithmetic</h2>
 *
 * Every implementation computes the same bits: {@link Float#floatToIntBits} of every result is equal, so all NaNs count
 * as one and −0 differs from +0. That is possible because each operation states its order:
 *
 * <ul>
 *   <li><b>Products.</b> The depth k of a product is cut into blocks of {@link #DEPTH_BLOCK}, counted from its start.
 *       Each block is one chain of fused multiply-adds that starts at +0 and runs in ascending k. With
 *       {@link Store#OVERWRITE} the first block's sum is the result so far, with {@link Store#ACCUMULATE} it is added
 *       to c; each further block's sum is added, in ascending order, by a rounded addition. A depth of 0 gives +0 (or
 *       leaves c). A depth is never padded with zeros behind: they would turn −0 into +0. (Zeros in front of a block,
 *       in both operands, change nothing: its chain is still +0 there.)
 *   <li><b>Elementwise operations</b> are the formulas of {@link io.github.lstm4j.kernels.scalar.Activations} and of
 *       the operation's Javadoc, each multiplication and addition rounded where it stands and fused only where it says
 *       fma.
 *   <li><b>Reductions</b> ({@link #sumOfSquares}) run over {@link #REDUCTION_LANES} lanes; see there.
 * </ul>
 *
 * Denormals are kept by all implementations.
 *
 * <h2>Threads</h2>
 *
 * A call runs on the thread that makes it. Whoever calls splits outputs (rows or columns of c, units of gates) among
 * threads, never a depth, so results do not depend on the number of threads. Implementations are stateless and
 * thread-safe, and write nothing beside their results, not even what they read there: another thread may be writing the
 * columns next to a view.
 *
 * <h2>Aliasing and shapes</h2>
 *
 * Views of one call may not overlap except where the operation says so. Implementations check shapes and throw {@link
 * IllegalArgumentException} naming the operation, the operand and both shapes.
 */
public interface Kernels extends GateKernels {
  /** The depth of a block of a product, in elements of k. Part of the arithmetic. */
  int DEPTH_BLOCK = 512;

  /** The lanes of a reduction. Part of the arithmetic. */
  int REDUCTION_LANES = 16;

  /** The elements of a block of a reduction. Part of the arithmetic. */
  int REDUCTION_BLOCK = 4096;

  /**
   * Which implementation this is.
   *
   * @return a short name such as {@code scalar} or {@code simd-256}
   */
  String name();

  /**
   * The implementation in words: vector width, register tile.
   *
   * @return one line
   */
  String description();

  /**
   * Says that a pass for training is being made. Changes no result: kernels that spare a first inference what they must
   * do before they are fast may do it now.
   */
  default void expectTraining() {}

  /**
   * Copies the right operand of a product into this implementation's own format, to be reused. The operand itself is
   * not needed afterwards.
   *
   * @param b the matrix [k, n], or its transpose [n, k]
   * @param orientation which of the two
   * @param memory who owns the packed copy
   * @return the packed matrix
   */
  PackedMatrix pack(Matrix b, Orientation orientation, Memory memory);

  /**
   * Copies new numbers of the same shape into a packed matrix.
   *
   * @param packed what {@link #pack} of this implementation returned
   * @param b the matrix, in the orientation it was packed from
   * @throws IllegalArgumentException if the shape differs or another implementation packed it
   */
  void repack(PackedMatrix packed, Matrix b);

  /**
   * c = a·b or c += a·b.
   *
   * @param c result [m, n]; with {@link Store#OVERWRITE} it is never read
   * @param a left operand [m, k]
   * @param b right operand [k, n], packed by this implementation
   * @param store whether to overwrite or to accumulate
   */
  void gemm(Matrix c, Matrix a, PackedMatrix b, Store store);

  /**
   * Products of several matrices with the same right operand, as if by {@link #gemm} one after the other: some
   * sequences' rows of several time steps. An implementation may take their rows together.
   *
   * @param c results, each [m of its own, n]; may be none; with {@link Store#OVERWRITE} they are never read
   * @param a left operands, as many, each [the m of its result, k]
   * @param b right operand [k, n], packed by this implementation
   * @param store whether to overwrite or to accumulate, in all
   */
  default void gemmEach(List<Matrix> c, List<Matrix> a, PackedMatrix b, Store store) {
    Shapes.gemmEach(c, a, b);
    for (int i = 0; i < c.size(); i++) {
      gemm(c.get(i), a.get(i), b, store);
    }
  }

  /**
   * c = aᵀ·b or c += aᵀ·b over pairs of rows: the gradient of a weight. The depth is the number of pairs, in their
   * order.
   *
   * @param c result [m, n]; with {@link Store#OVERWRITE} it is never read
   * @param a [rows, m]
   * @param b [rows, n]
   * @param order which row of a meets which row of b, and in which order they are added
   * @param store whether to overwrite or to accumulate
   */
  void gemmTransposedA(Matrix c, Matrix a, Matrix b, RowOrder order, Store store);

  /**
   * Two {@link #gemmTransposedA} with the same left operand, as if one after the other: the gradients of the weights of
   * the input and of the previous output. An implementation may gather what both orders begin with once.
   *
   * @param c result [m, n]; with {@link Store#OVERWRITE} it is never read
   * @param b [rows of its own, n]
   * @param order of a and b
   * @param c2 result [m, n2], likewise
   * @param b2 [rows of its own, n2]; may be b
   * @param order2 of a and b2
   * @param a [rows, m]
   * @param store whether to overwrite or to accumulate, in both
   */
  default void gemmTransposedAPair(
      Matrix c, Matrix b, RowOrder order, Matrix c2, Matrix b2, RowOrder order2, Matrix a, Store store) {
    Shapes.gemmTransposedAPair(c, b, order, c2, b2, order2, a);
    gemmTransposedA(c, a, b, order, store);
    gemmTransposedA(c2, a, b2, order2, store);
  }

  /**
   * Sums of columns: the gradient of a bias. Many gradients of the same sign are added here, so each column's sum is
   * compensated: from sum = +0, lost = +0, per row x in order
   *
   * <pre>
   * y = x − lost;  t = sum + y;  lost = (t − sum) − y;  sum = t
   * </pre>
   *
   * and the final sum is the result, or is added to it by a rounded addition. Without rows the result is +0, or is
   * left. Source: Kahan, "Further remarks on reducing truncation errors", 1965.
   *
   * @param sums result [1, n]
   * @param a [rows, n]
   * @param order which rows of a are added, and in which order (its left rows)
   * @param store whether to overwrite or to accumulate
   */
  void columnSums(Matrix sums, Matrix a, RowOrder order, Store store);

  /**
   * Softmax of each row, times a factor of the row, and the logarithm of its denominator. Per row, with x the logits:
   *
   * <pre>
   * m = max x                 16 lanes from −∞, x_j &gt; lane ? x_j : lane; the tree with b &gt; a ? b : a
   * e_j = exp(x_j − m)        {@link io.github.lstm4j.kernels.scalar.Exponential#exp}
   * s = Σ e_j                 the lanes and the tree of {@link #sumOfSquares} in one block, additions instead of fma
   * result_j = e_j·(factor/s)
   * logSum = m + log(s)       added in double precision; {@link io.github.lstm4j.kernels.scalar.Exponential#log}
   * </pre>
   *
   * @param result [n, V]; may be logits itself
   * @param logSum result, one of each row; doubles, since a float near a large logit has no room for the logarithm
   * @param logits [n, V]
   * @param factor one of each row
   */
  void softmax(Matrix result, double[] logSum, Matrix logits, float[] factor);

  /**
   * Adds rows to rows of a table: the gradient of an embedding. Row r of rows is added to row index[r] of the table, in
   * ascending r; an index below 0 skips its row.
   *
   * @param table [entries, n]: added to
   * @param index an entry for each row
   * @param rows [index.length, n]
   */
  void addRows(Matrix table, int[] index, Matrix rows);

  /**
   * The sum of the squares of all elements. Elements are counted row by row without padding and cut into blocks of
   * {@link #REDUCTION_BLOCK}. In a block, lane j (of 16) starts at +0 and takes elements j, j + 16, … by
   * fma(x, x, lane); the lanes are added as a tree: lane j += lane j + 8 for j &lt; 8, then + 4, + 2, + 1. Missing
   * elements of the last block leave their lane alone. Block sums are added in double precision, in ascending order.
   *
   * @param matrix any shape
   * @return the sum
   */
  double sumOfSquares(Matrix matrix);

  /**
   * One update of Adam, elementwise:
   *
   * <pre>
   * x = value·decoupledDecay                                       (1 but for AdamW)
   * g = gradient·gradientScale;  g = fma(weightDecay, x, g) where weightDecay ≠ 0
   * firstMoment = fma(1 − beta1, g − firstMoment, firstMoment)
   * secondMoment = fma((1 − beta2)·g, g, beta2·secondMoment)
   * v = secondMoment, or with amsgrad v = largest = secondMoment &gt; largest ? secondMoment : largest
   * value = x − (stepSize·firstMoment)/(sqrt(v)/correction + epsilon)
   * </pre>
   *
   * Source: torch.optim.Adam and AdamW, whose step size is rate/(1 − beta1^t) and whose correction is
   * sqrt(1 − beta2^t).
   *
   * @param value the parameter, any shape
   * @param gradient its gradient
   * @param firstMoment its first moment
   * @param secondMoment its second moment
   * @param largest the largest second moment so far, or null without amsgrad
   * @param coefficients the numbers of this update
   */
  void adam(
      Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, @Nullable Matrix largest,
      AdamCoefficients coefficients);

  /**
   * One update of stochastic gradient descent, elementwise:
   *
   * <pre>
   * g = gradient·gradientScale;  g = fma(weightDecay, value, g) where weightDecay ≠ 0
   * with momentum: buffer = fma(momentum, buffer, dampened·g); g = nesterov ? fma(momentum, buffer, g) : buffer
   * value = fma(−rate, g, value)
   * </pre>
   *
   * Source: torch.optim.SGD. Its first update sets the buffer to g: dampened is 1 then, 1 − dampening later.
   *
   * @param value the parameter, any shape
   * @param gradient its gradient
   * @param buffer its velocity, or null without momentum
   * @param coefficients the numbers of this update
   */
  void sgd(Matrix value, Matrix gradient, @Nullable Matrix buffer, SgdCoefficients coefficients);

  /**
   * One update of an optimizer that divides by the root of a sum of squared gradients, elementwise:
   *
   * <pre>
   * g = gradient·gradientScale;  g = fma(weightDecay, value, g) where weightDecay ≠ 0
   * squares = fma(gain·g, g, keep·squares)
   * centred: mean = fma(gain, g − mean, mean);  v = fma(−mean, mean, squares), else v = squares
   * g = g/(sqrt(v) + epsilon)
   * with momentum: buffer = fma(momentum, buffer, g);  g = buffer
   * value = fma(−rate, g, value)
   * </pre>
   *
   * Source: torch.optim.RMSprop (keep = alpha, gain = 1 − alpha) and torch.optim.Adagrad (keep = gain = 1).
   *
   * @param value the parameter, any shape
   * @param gradient its gradient
   * @param squares its sum of squares
   * @param mean its mean gradient, or null if not centred
   * @param buffer its velocity, or null without momentum
   * @param coefficients the numbers of this update
   */
  void rootMeanSquare(
      Matrix value, Matrix gradient, Matrix squares, @Nullable Matrix mean, @Nullable Matrix buffer,
      RootMeanSquareCoefficients coefficients);
}
