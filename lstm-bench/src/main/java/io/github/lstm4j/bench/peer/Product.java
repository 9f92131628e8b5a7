package io.github.lstm4j.bench.peer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of a product c[m, n] = a[m, k]·b[k, n], written such as {@code M64-N2048-K512}.
 *
 * @param m rows of a and c
 * @param n columns of b and c
 * @param k columns of a, rows of b
 */
public record Product(int m, int n, int k) {
  private static final Pattern FORM = Pattern.compile("M([1-9]\\d{0,6})-N([1-9]\\d{0,6})-K([1-9]\\d{0,6})");

  /**
   * Reads sizes.
   *
   * @param text such as {@code M64-N2048-K512}
   * @return the product
   * @throws IllegalArgumentException if it is written otherwise
   */
  public static Product parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("product \"" + text + "\"; expected sizes as in M64-N2048-K512");
    }
    return new Product(
        Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
  }

  /**
   * Floating-point operations.
   *
   * @return operations, a multiplication and its addition counted as two
   */
  public double flops() {
    return 2.0 * m * n * k;
  }

  @Override
  public String toString() {
    return "M" + m + "-N" + n + "-K" + k;
  }
}
