package io.github.lstm4j.simd;

import static io.github.lstm4j.kernels.scalar.Activations.sigmoid;
import static io.github.lstm4j.kernels.scalar.Activations.tanh;
import static io.github.lstm4j.kernels.scalar.Fma.fma;
import static io.github.lstm4j.memory.Matrix.FLOAT;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The gates forward without a vector, for the time until the fused kernels are compiled: the scalar kernels' formulas
 * on arrays, as a row's units are copied to and from. An element of a segment takes the interpreter, and what C1 makes,
 * as long as some twenty of an array. Each unit is a call, which is compiled after a few thousand of them: as turns of
 * a loop the units of a whole first inference stayed in the interpreter. (The RNN has a formula of few elements: it
 * starts with the scalar kernel itself.)
 */
final class PlainGates {
  /** Units taken together; a dozen times as many floats fit the packing space of a thread. */
  private static final int UNITS = 1024;

  private PlainGates() {}

  /** {@link io.github.lstm4j.kernels.Kernels#lstmGatesForward}. */
  static void lstm(Matrix gates, Matrix bias, Matrix cPrev, Matrix c, Matrix tanhC, Matrix h, int from, int to) {
    float[] x = Scratch.ofThread().left();
    int hidden = h.columns();
    for (int first = from; first < to; first += UNITS) {
      int n = Math.min(UNITS, to - first);
      readGates(bias, 0, first, hidden, 4, x, 4 * n, n);
      for (int row = 0; row < h.rows(); row++) {
        readGates(gates, row, first, hidden, 4, x, 0, n);
        read(cPrev, row, first, x, 8 * n, n);
        lstm(x, n);
        writeGates(gates, row, first, hidden, 4, x, n);
        write(c, row, first, x, 8 * n, n);
        write(tanhC, row, first, x, 9 * n, n); // before h, which it may be while serving
        write(h, row, first, x, 10 * n, n);
      }
    }
  }

  /** Of n units: four gates, four biases, the cell state; then tanh of the new one, and the output. */
  private static void lstm(float[] x, int n) {
    for (int u = 0; u < n; u++) {
      lstmUnit(x, n, u);
    }
  }

  private static void lstmUnit(float[] x, int n, int u) {
    float i = sigmoid(x[u] + x[4 * n + u]);
    float f = sigmoid(x[n + u] + x[5 * n + u]);
    float g = tanh(x[2 * n + u] + x[6 * n + u]);
    float o = sigmoid(x[3 * n + u] + x[7 * n + u]);
    float cell = fma(f, x[8 * n + u], i * g);
    float squashed = tanh(cell);
    x[u] = i;
    x[n + u] = f;
    x[2 * n + u] = g;
    x[3 * n + u] = o;
    x[8 * n + u] = cell;
    x[9 * n + u] = squashed;
    x[10 * n + u] = o * squashed;
  }

  /** {@link io.github.lstm4j.kernels.Kernels#gruGatesForward}. */
  static void gru(
      Matrix gates, Matrix hiddenN, Matrix bias, Matrix hiddenBias, Matrix hPrev, Matrix h, int from, int to) {
    float[] x = Scratch.ofThread().left();
    int hidden = h.columns();
    for (int first = from; first < to; first += UNITS) {
      int n = Math.min(UNITS, to - first);
      readGates(bias, 0, first, hidden, 3, x, 3 * n, n);
      read(hiddenBias, 0, first, x, 6 * n, n);
      for (int row = 0; row < h.rows(); row++) {
        readGates(gates, row, first, hidden, 3, x, 0, n);
        read(hiddenN, row, first, x, 7 * n, n);
        read(hPrev, row, first, x, 8 * n, n);
        gru(x, n);
        writeGates(gates, row, first, hidden, 3, x, n);
        write(hiddenN, row, first, x, 7 * n, n);
        write(h, row, first, x, 8 * n, n);
      }
    }
  }

  /** Of n units: three gates, three biases, that of the hidden state, its product, and the state, which is replaced. */
  private static void gru(float[] x, int n) {
    for (int u = 0; u < n; u++) {
      gruUnit(x, n, u);
    }
  }

  private static void gruUnit(float[] x, int n, int u) {
    float r = sigmoid(x[u] + x[3 * n + u]);
    float z = sigmoid(x[n + u] + x[4 * n + u]);
    float q = x[7 * n + u] + x[6 * n + u];
    float candidate = tanh(fma(r, q, x[2 * n + u] + x[5 * n + u]));
    x[u] = r;
    x[n + u] = z;
    x[2 * n + u] = candidate;
    x[7 * n + u] = q;
    x[8 * n + u] = fma(z, x[8 * n + u] - candidate, candidate);
  }

  private static void readGates(Matrix all, int row, int first, int hidden, int count, float[] x, int to, int n) {
    for (int gate = 0; gate < count; gate++) {
      read(all, row, gate * hidden + first, x, to + gate * n, n);
    }
  }

  private static void writeGates(Matrix all, int row, int first, int hidden, int count, float[] x, int n) {
    for (int gate = 0; gate < count; gate++) {
      write(all, row, gate * hidden + first, x, gate * n, n);
    }
  }

  private static void read(Matrix matrix, int row, int column, float[] x, int to, int n) {
    MemorySegment.copy(matrix.segment(), FLOAT, matrix.offset(row, column), x, to, n);
  }

  private static void write(Matrix matrix, int row, int column, float[] x, int from, int n) {
    MemorySegment.copy(x, from, matrix.segment(), FLOAT, matrix.offset(row, column), n);
  }
}
