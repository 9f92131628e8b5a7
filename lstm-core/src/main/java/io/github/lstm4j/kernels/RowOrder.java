package io.github.lstm4j.kernels;

/**
 * Pairs of rows in the order in which a weight gradient adds them: entry p says that row {@code left(p)} of the gates'
 * gradient meets row {@code right(p)} of the input (or of the previous output).
 *
 * <p>Recurrent layers add by descending time, then ascending batch row: the order in which the backward pass makes
 * them.
 */
public final class RowOrder {
  private final int[] left;
  private final int[] right;
  private final int size;
  private final int maxLeft;
  private final int maxRight;

  private RowOrder(int[] left, int[] right, int size) {
    this.left = left;
    this.right = right;
    this.size = size;
    this.maxLeft = max(left, size);
    this.maxRight = max(right, size);
  }

  /**
   * An order of pairs.
   *
   * @param left row indices into the first operand; not copied
   * @param right row indices into the second operand, as many; not copied
   * @return the order
   * @throws IllegalArgumentException if the lengths differ or an index is negative
   */
  public static RowOrder of(int[] left, int[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException("row order pairs " + left.length + " rows with " + right.length);
    }
    return new RowOrder(left, right, left.length);
  }

  /**
   * The order 0, 1, 2, … of both operands.
   *
   * @param count number of rows, 0 or more
   * @return the order
   * @throws IllegalArgumentException if the count is negative
   */
  public static RowOrder ascending(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("row order of " + count + " rows; expected 0 or more");
    }
    int[] rows = new int[count];
    for (int p = 0; p < count; p++) {
      rows[p] = p;
    }
    return new RowOrder(rows, rows, count);
  }

  private static int max(int[] rows, int size) {
    int max = -1;
    for (int p = 0; p < size; p++) {
      if (rows[p] < 0) {
        throw new IllegalArgumentException("row order holds the negative row " + rows[p]);
      }
      max = Math.max(max, rows[p]);
    }
    return max;
  }

  /**
   * The first pairs of this order, which share its memory.
   *
   * @param pairs how many, 0 to {@link #size}
   * @return the order of these pairs
   * @throws IllegalArgumentException if there are not so many
   */
  public RowOrder first(int pairs) {
    if (pairs < 0 || pairs > size) {
      throw new IllegalArgumentException("first " + pairs + " pairs of a row order of " + size);
    }
    return new RowOrder(left, right, pairs);
  }

  /**
   * The number of pairs.
   *
   * @return the depth of the product
   */
  public int size() {
    return size;
  }

  /**
   * A row of the first operand.
   *
   * @param pair which pair
   * @return the row's index
   */
  public int left(int pair) {
    return left[pair];
  }

  /**
   * A row of the second operand.
   *
   * @param pair which pair
   * @return the row's index
   */
  public int right(int pair) {
    return right[pair];
  }

  /**
   * The highest row of the first operand that a pair names.
   *
   * @return the row's index, −1 where there are no pairs
   */
  int maxLeft() {
    return maxLeft;
  }

  /**
   * The highest row of the second operand that a pair names.
   *
   * @return the row's index, −1 where there are no pairs
   */
  int maxRight() {
    return maxRight;
  }
}
