package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Matrix;
import io.github.lstm4j.random.CounterRandom;

/**
 * First values of parameters. Each parameter has a random stream of its own, keyed by its name, so a parameter's first
 * values depend on the seed and its name alone.
 */
public final class Initialization {
  /** Numbers that are copied to a parameter together. */
  private static final int TOGETHER = 4096;

  /** Numbers a call makes: after a thousand calls the JVM compiles the method, before it compiles a running loop. */
  private static final int PIECE = 32;

  private Initialization() {}

  /**
   * Uniform in [−bound, bound].
   *
   * @param parameter what to fill
   * @param bound the largest magnitude
   * @param seed the model's seed
   */
  static void uniform(Parameter parameter, double bound, long seed) {
    long stream = CounterRandom.stream(parameter.name());
    Matrix value = parameter.value();
    int columns = value.columns();
    int together = Math.max(1, TOGETHER / Math.max(1, columns));
    float[] block = new float[Math.min(together, value.rows()) * columns];
    for (int r = 0; r < value.rows(); r += together) {
      int count = Math.min(together, value.rows() - r);
      int numbers = count * columns;
      long first = (long) r * columns;
      for (int i = 0; i < numbers; i += PIECE) {
        CounterRandom.fillAroundZero(block, i, Math.min(PIECE, numbers - i), bound, seed, stream, first + i);
      }
      value.rows(r, count).copyFrom(block, 0);
    }
    parameter.changed();
  }

  /**
   * A recurrent stack as PyTorch starts it: every tensor, biases included, uniform in ±1/√hidden_size; then the
   * options' forget bias and orthogonal weights. Source: torch.nn.LSTM's reset_parameters.
   *
   * @param options the stack's options
   * @param parameters where its parameters are
   * @param prefix of their names
   * @param seed the model's seed
   */
  static void recurrent(RecurrentOptions options, Parameters parameters, String prefix, long seed) {
    double bound = 1 / Math.sqrt(options.hiddenSize());
    for (ParameterSpec spec : options.parameters(prefix)) {
      uniform(parameters.get(spec.name()), bound, seed);
    }
    for (int layer = 0; layer < options.layers(); layer++) {
      for (int direction = 0; direction < options.directions(); direction++) {
        String suffix = RecurrentOptions.suffix(layer, direction == 1);
        if (options.forgetBias() != 0) {
          addForgetBias(parameters.get(prefix + "bias_ih" + suffix), options);
        }
        if (options.orthogonal()) {
          Parameter recurrent = parameters.get(prefix + "weight_hh" + suffix);
          for (int gate = 0; gate < options.cell().gates(); gate++) {
            orthogonal(recurrent, gate * options.hiddenSize(), options.hiddenSize(), seed);
          }
        }
      }
    }
  }

  private static void addForgetBias(Parameter bias, RecurrentOptions options) {
    for (int u = options.hiddenSize(); u < 2 * options.hiddenSize(); u++) { // block 1 of i, f, g, o
      bias.value().set(0, u, bias.value().get(0, u) + options.forgetBias());
    }
    bias.changed();
  }

  /**
   * Makes a block of rows orthonormal (or, where there are more rows than columns, its columns): modified Gram–Schmidt,
   * twice, over normally distributed numbers in double precision.
   */
  private static void orthogonal(Parameter parameter, int firstRow, int rows, long seed) {
    int columns = parameter.value().columns();
    boolean wide = rows <= columns;
    int count = wide ? rows : columns;
    int length = wide ? columns : rows;
    double[][] vectors = new double[count][length];
    long stream = CounterRandom.stream(parameter.name() + ".orthogonal" + firstRow);
    for (int v = 0; v < count; v++) {
      for (int i = 0; i < length; i++) {
        vectors[v][i] = CounterRandom.normal(seed, stream, (long) v * length + i);
      }
      for (int round = 0; round < 2; round++) { // twice is enough: Giraud, Langou, Rozložník, 2005
        for (int w = 0; w < v; w++) {
          addMultiple(vectors[v], -dot(vectors[v], vectors[w]), vectors[w]);
        }
        scale(vectors[v], 1 / Math.sqrt(dot(vectors[v], vectors[v])));
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        parameter.value().set(firstRow + r, c, (float) (wide ? vectors[r][c] : vectors[c][r]));
      }
    }
    parameter.changed();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addMultiple(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  private static void scale(double[] a, double factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }
}
