package io.github.lstm4j.kernels;

import io.github.lstm4j.memory.Matrix;

/**
 * The steps of recurrent cells after their products: activations, states, and their derivatives, for a range of hidden
 * units, so that threads may share a step. Part of {@link Kernels}, whose arithmetic holds here.
 */
public interface GateKernels {
  /**
   * Where a range of hidden units may begin: at multiples of this many, which fill vectors of every width and a cache
   * line.
   */
  int UNIT_BLOCK = 16;

  /**
   * The gates of LSTM steps, in place, and the new states. Per row and unit, with x = gates + bias at i, f, g, o:
   *
   * <pre>
   * i = sigmoid(x_i)  f = sigmoid(x_f)  g = tanh(x_g)  o = sigmoid(x_o)
   * c = fma(f, cPrev, i·g)
   * tanhC = tanh(c)
   * h = o·tanhC
   * </pre>
   *
   * @param gates [n, 4·H], blocks i, f, g, o: sums of products in, activated gates out
   * @param bias [1, 4·H]
   * @param cPrev [n, H]
   * @param c result [n, H]; may be cPrev itself
   * @param tanhC result [n, H], what the backward pass needs; may be h itself where nobody needs it
   * @param h result [n, H]
   * @param from the first unit, a multiple of {@link #UNIT_BLOCK}
   * @param to one past the last
   */
  void lstmGatesForward(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to);

  /**
   * {@link #lstmGatesForward(Matrix, Matrix, Matrix, Matrix, Matrix, Matrix, int, int)} for all units.
   *
   * @param gates [n, 4·H]
   * @param bias [1, 4·H]
   * @param cPrev [n, H]
   * @param c result [n, H]
   * @param tanhC result [n, H]
   * @param h result [n, H]
   */
  default void lstmGatesForward(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h) {
    lstmGatesForward(gates, bias, cPrev, c, tanhC, h, 0, h.columns());
  }

  /**
   * The derivative of {@link #lstmGatesForward}. Per row and unit:
   *
   * <pre>
   * dO = dH·tanhC
   * dCell = fma(dH·o, fma(−tanhC, tanhC, 1), dC)
   * dGates_i = (dCell·g)·fma(−i, i, i)        dGates_f = (dCell·cPrev)·fma(−f, f, f)
   * dGates_g = (dCell·i)·fma(−g, g, 1)        dGates_o = dO·fma(−o, o, o)
   * dC = dCell·f
   * </pre>
   *
   * @param dGates result [n, 4·H]: gradients of the sums before activation; may be gates itself
   * @param gates [n, 4·H], activated
   * @param cPrev [n, H]
   * @param tanhC [n, H]
   * @param dH [n, H], the gradient of h
   * @param dC [n, H]: the gradient of c from later steps in, the gradient of cPrev out
   * @param from the first unit, a multiple of {@link #UNIT_BLOCK}
   * @param to one past the last
   */
  void lstmGatesBackward(
      Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC, int from, int to);

  /**
   * {@link #lstmGatesBackward(Matrix, Matrix, Matrix, Matrix, Matrix, Matrix, int, int)} for all units.
   *
   * @param dGates result [n, 4·H]
   * @param gates [n, 4·H]
   * @param cPrev [n, H]
   * @param tanhC [n, H]
   * @param dH [n, H]
   * @param dC [n, H]
   */
  default void lstmGatesBackward(Matrix dGates, Matrix gates, Matrix cPrev, Matrix tanhC, Matrix dH, Matrix dC) {
    lstmGatesBackward(dGates, gates, cPrev, tanhC, dH, dC, 0, dH.columns());
  }

  /**
   * The gates of GRU steps, in place, and the new states. Per row and unit:
   *
   * <pre>
   * r = sigmoid(gates_r + bias_r)   z = sigmoid(gates_z + bias_z)
   * q = hiddenN + hiddenBias        n = tanh(fma(r, q, gates_n + bias_n))
   * h = fma(z, hPrev − n, n)
   * </pre>
   *
   * Source: torch.nn.GRU, h = (1 − z)⊙n + z⊙hPrev.
   *
   * @param gates [n, 3·H], blocks r, z, n: for r and z the sums of both products, for n the input's alone; activated
   *     gates out
   * @param hiddenN [n, H]: the recurrent product of n in, q out (what the backward pass needs)
   * @param bias [1, 3·H]: both biases summed for r and z, the input's alone for n
   * @param hiddenBias [1, H]: the recurrent bias of n
   * @param hPrev [n, H]
   * @param h result [n, H]
   * @param from the first unit, a multiple of {@link #UNIT_BLOCK}
   * @param to one past the last
   */
  void gruGatesForward(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to);

  /**
   * {@link #gruGatesForward(Matrix, Matrix, Matrix, Matrix, Matrix, Matrix, int, int)} for all units.
   *
   * @param gates [n, 3·H]
   * @param hiddenN [n, H]
   * @param bias [1, 3·H]
   * @param hiddenBias [1, H]
   * @param hPrev [n, H]
   * @param h result [n, H]
   */
  default void gruGatesForward(Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h) {
    gruGatesForward(gates, hiddenN, bias, hiddenBias, hPrev, h, 0, h.columns());
  }

  /**
   * The derivative of {@link #gruGatesForward}, in place. Per row and unit:
   *
   * <pre>
   * dN = (dH·(1 − z))·fma(−n, n, 1)
   * gates_r = (dN·q)·fma(−r, r, r)   gates_z = (dH·(hPrev − n))·fma(−z, z, z)   gates_n = dN
   * hiddenN = dN·r
   * dHPrev = fma(dH, z, dHPrev)
   * </pre>
   *
   * @param gates [n, 3·H]: activated gates in, gradients of the sums before activation out
   * @param hiddenN [n, H]: q in, its gradient out
   * @param hPrev [n, H]
   * @param dH [n, H], the gradient of h
   * @param dHPrev [n, H]: added to
   * @param from the first unit, a multiple of {@link #UNIT_BLOCK}
   * @param to one past the last
   */
  void gruGatesBackward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev, int from, int to);

  /**
   * {@link #gruGatesBackward(Matrix, Matrix, Matrix, Matrix, Matrix, int, int)} for all units.
   *
   * @param gates [n, 3·H]
   * @param hiddenN [n, H]
   * @param hPrev [n, H]
   * @param dH [n, H]
   * @param dHPrev [n, H]
   */
  default void gruGatesBackward(Matrix gates, Matrix hiddenN, Matrix hPrev, Matrix dH, Matrix dHPrev) {
    gruGatesBackward(gates, hiddenN, hPrev, dH, dHPrev, 0, dH.columns());
  }

  /**
   * The activation of plain recurrent steps: h = f(sums + bias), with f tanh or x ≤ 0 ? 0 : x.
   *
   * @param h result [n, H]; may be sums itself
   * @param sums [n, H]
   * @param bias [1, H]
   * @param nonlinearity which f
   * @param from the first unit, a multiple of {@link #UNIT_BLOCK}
   * @param to one past the last
   */
  void rnnForward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity, int from, int to);

  /**
   * {@link #rnnForward(Matrix, Matrix, Matrix, Nonlinearity, int, int)} for all units.
   *
   * @param h result [n, H]
   * @param sums [n, H]
   * @param bias [1, H]
   * @param nonlinearity which f
   */
  default void rnnForward(Matrix h, Matrix sums, Matrix bias, Nonlinearity nonlinearity) {
    rnnForward(h, sums, bias, nonlinearity, 0, h.columns());
  }

  /**
   * The derivative of {@link #rnnForward}: dSums = dH·fma(−h, h, 1) for tanh, h &gt; 0 ? dH : 0 for relu.
   *
   * @param dSums result [n, H]
   * @param h [n, H]
   * @param dH [n, H]
   * @param nonlinearity which f
   * @param from the first unit, a multiple of {@link #UNIT_BLOCK}
   * @param to one past the last
   */
  void rnnBackward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity, int from, int to);

  /**
   * {@link #rnnBackward(Matrix, Matrix, Matrix, Nonlinearity, int, int)} for all units.
   *
   * @param dSums result [n, H]
   * @param h [n, H]
   * @param dH [n, H]
   * @param nonlinearity which f
   */
  default void rnnBackward(Matrix dSums, Matrix h, Matrix dH, Nonlinearity nonlinearity) {
    rnnBackward(dSums, h, dH, nonlinearity, 0, h.columns());
  }
}
