package io.github.lstm4j.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a recurrent benchmark, written such as {@code B64-T50-I512-H512-L1}.
 *
 * @param batch sequences side by side
 * @param steps time steps
 * @param input features of the input
 * @param hidden units of the state
 * @param layers layers on top of each other
 */
public record Shape(int batch, int steps, int input, int hidden, int layers) {
  private static final Pattern FORM = Pattern.compile("B(\\d+)-T(\\d+)-I(\\d+)-H(\\d+)-L(\\d+)");

  /**
   * A shape.
   *
   * @throws IllegalArgumentException if a size is below 1; the message names it
   */
  public Shape {
    positive("batch B", batch);
    positive("steps T", steps);
    positive("input I", input);
    positive("hidden H", hidden);
    positive("layers L", layers);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; expected 1 or more");
    }
  }

  /**
   * Reads a shape.
   *
   * @param text such as {@code B64-T50-I512-H512-L1}
   * @return the shape
   * @throws IllegalArgumentException if it is written otherwise or a size is out of range
   */
  public static Shape parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "shape \"" + text + "\"; expected batch, steps, input, hidden and layers as in B64-T50-I512-H512-L1");
    }
    return new Shape(
        size(text, form.group(1)), size(text, form.group(2)), size(text, form.group(3)), size(text, form.group(4)),
        size(text, form.group(5)));
  }

  private static int size(String text, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "shape \"" + text + "\": " + digits + " is past the largest size, " + Integer.MAX_VALUE, e);
    }
  }

  /**
   * The same as a stream: one time step.
   *
   * @return a shape with T = 1
   */
  public Shape singleStep() {
    return new Shape(batch, 1, input, hidden, layers);
  }

  /**
   * Floating-point operations of the products of a forward pass: Σ layers 2·gates·H·(in + H)·B·T, 8·H·(in + H)·B·T for
   * an LSTM. A training step is counted as three times that: each product has two of its size as derivative.
   *
   * @param gates gate blocks of the cell, 4 for an LSTM
   * @return operations, a multiplication and its addition counted as two
   */
  public double forwardFlops(int gates) {
    double depths = (input + (double) hidden) + (layers - 1) * 2.0 * hidden;
    return 2.0 * gates * hidden * depths * batch * steps;
  }

  /**
   * The same for whole sequences that start from no state, as the benchmarks' do: the first step multiplies no state,
   * which lstm4j leaves out; Σ layers 2·gates·H·(in·T + H·(T − 1))·B.
   *
   * @param gates gate blocks of the cell, 4 for an LSTM
   * @return operations, a multiplication and its addition counted as two
   */
  public double sequenceFlops(int gates) {
    return forwardFlops(gates) - 2.0 * gates * hidden * hidden * layers * batch;
  }

  @Override
  public String toString() {
    return "B" + batch + "-T" + steps + "-I" + input + "-H" + hidden + "-L" + layers;
  }
}
