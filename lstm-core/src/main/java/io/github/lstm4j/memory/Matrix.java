package io.github.lstm4j.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A view [rows, columns] of off-heap float32 storage, row-major, whose rows lie {@link #stride()} floats apart.
 *
 * <p>A view is immutable (its numbers are not) and owns nothing: it is valid until its {@link Memory} is closed, and
 * throws {@link IllegalStateException} afterwards. Its segment covers just the viewed rows, so an access past the last
 * row throws instead of touching a neighbour.
 */
public final class Matrix {
  /** Little-endian float32 without an alignment promise: the layout of every access, and of every file. */
  public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;
  private final int rows;
  private final int columns;
  private final int stride;

  Matrix(MemorySegment segment, int rows, int columns, int stride) {
    this.segment = segment;
    this.rows = rows;
    this.columns = columns;
    this.stride = stride;
  }

  /**
   * A view of storage that somebody else owns, such as a mapped file.
   *
   * @param segment off-heap storage that starts with the first element
   * @param rows number of rows
   * @param columns number of columns
   * @param stride distance between rows in floats, at least columns
   * @return the view [rows, columns]
   * @throws IllegalArgumentException if the segment is on the heap or too small
   */
  public static Matrix of(MemorySegment segment, int rows, int columns, int stride) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("a matrix needs an off-heap segment; this one is on the heap");
    }
    if (rows < 0 || columns < 0 || stride < columns) {
      throw new IllegalArgumentException("matrix [" + rows + ", " + columns + "] with stride " + stride);
    }
    long needed = extent(rows, columns, stride);
    if (needed < 0 || segment.byteSize() < needed) {
      throw new IllegalArgumentException(
          "matrix [" + rows + ", " + columns + "] with stride " + stride + " needs "
              + (needed < 0 ? "more than 2^63" : needed) + " bytes; the segment has "
              + segment.byteSize());
    }
    return new Matrix(segment, rows, columns, stride);
  }

  /** The bytes from the first element to the last: below 2⁶⁴, so negative exactly where it is past a long. */
  private static long extent(int rows, int columns, int stride) {
    return rows == 0 ? 0 : ((long) (rows - 1) * stride + columns) * Float.BYTES;
  }

  /**
   * Number of rows.
   *
   * @return rows
   */
  public int rows() {
    return rows;
  }

  /**
   * Number of columns.
   *
   * @return columns
   */
  public int columns() {
    return columns;
  }

  /**
   * Distance between the starts of two rows.
   *
   * @return floats, at least {@link #columns()}
   */
  public int stride() {
    return stride;
  }

  /**
   * The storage: element (0, 0) is at offset 0.
   *
   * @return the segment
   */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * Where a row starts in {@link #segment()}.
   *
   * @param row the row's index
   * @return bytes
   */
  public long offset(int row) {
    return (long) row * stride * Float.BYTES;
  }

  /**
   * Where an element lies in {@link #segment()}.
   *
   * @param row the row's index
   * @param column the column's index
   * @return bytes
   */
  public long offset(int row, int column) {
    return ((long) row * stride + column) * Float.BYTES;
  }

  /**
   * Reads an element.
   *
   * @param row the row's index
   * @param column the column's index
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(int row, int column) {
    check(row, column);
    return segment.get(FLOAT, offset(row, column));
  }

  /**
   * Writes an element.
   *
   * @param row the row's index
   * @param column the column's index
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(int row, int column, float value) {
    check(row, column);
    segment.set(FLOAT, offset(row, column), value);
  }

  private void check(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
  }

  /**
   * A view of some rows.
   *
   * @param from the first row
   * @param count how many rows
   * @return the view [count, columns]
   * @throws IndexOutOfBoundsException if the rows are not all there
   */
  public Matrix rows(int from, int count) {
    Objects.checkFromIndexSize(from, count, rows);
    return count == rows ? this : view(offset(from), count, columns);
  }

  /**
   * A view of some columns.
   *
   * @param from the first column
   * @param count how many columns
   * @return the view [rows, count]
   * @throws IndexOutOfBoundsException if the columns are not all there
   */
  public Matrix columns(int from, int count) {
    Objects.checkFromIndexSize(from, count, columns);
    return count == columns ? this : view(offset(0, from), rows, count);
  }

  private Matrix view(long offset, int newRows, int newColumns) {
    long extent = extent(newRows, newColumns, stride);
    return new Matrix(segment.asSlice(extent == 0 ? 0 : offset, extent), newRows, newColumns, stride);
  }

  /**
   * Copies all elements of a matrix of the same shape.
   *
   * @param source what to copy
   * @throws IllegalArgumentException if the shapes differ
   */
  public void copyFrom(Matrix source) {
    source.require(rows, columns);
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(source.segment, source.offset(r), segment, offset(r), (long) columns * Float.BYTES);
    }
  }

  /**
   * Copies a row of another matrix to a row of this one.
   *
   * @param row which row of this matrix
   * @param source a matrix of as many columns
   * @param sourceRow which row of the source
   * @throws IllegalArgumentException if the numbers of columns differ
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public void copyRow(int row, Matrix source, int sourceRow) {
    if (source.columns != columns) {
      throw new IllegalArgumentException("a row of " + source.columns + " columns for one of " + columns);
    }
    Objects.checkIndex(row, rows);
    Objects.checkIndex(sourceRow, source.rows);
    MemorySegment.copy(source.segment, source.offset(sourceRow), segment, offset(row), (long) columns * Float.BYTES);
  }

  /**
   * Copies one row to every row.
   *
   * @param row [1, columns]
   * @throws IllegalArgumentException if the shape differs
   */
  public void copyRow(Matrix row) {
    row.require(1, columns);
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(row.segment, 0, segment, offset(r), (long) columns * Float.BYTES);
    }
  }

  /**
   * Copies all elements from an array.
   *
   * @param source an array that holds rows · columns elements from index start on, row-major
   * @param start index of element (0, 0)
   * @throws IndexOutOfBoundsException if the array is too short; nothing is copied
   */
  public void copyFrom(float[] source, int start) {
    checkRoom(source, start);
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(source, start + r * columns, segment, FLOAT, offset(r), columns);
    }
  }

  /**
   * Copies all elements to an array.
   *
   * @param target an array with room for rows · columns elements from index start on, row-major
   * @param start index of element (0, 0)
   * @throws IndexOutOfBoundsException if the array is too short; nothing is copied
   */
  public void copyTo(float[] target, int start) {
    checkRoom(target, start);
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(segment, FLOAT, offset(r), target, start + r * columns, columns);
    }
  }

  private void checkRoom(float[] array, int start) {
    long needed = (long) rows * columns;
    if (start < 0 || needed > array.length - start) {
      throw new IndexOutOfBoundsException(
          "matrix [" + rows + ", " + columns + "] from index " + start + " on needs " + needed
              + " elements; the array has " + array.length);
    }
  }

  /**
   * All elements as a new array, row-major.
   *
   * @return the array [rows · columns]
   */
  public float[] toArray() {
    float[] array = new float[Math.multiplyExact(rows, columns)];
    copyTo(array, 0);
    return array;
  }

  /**
   * Sets every element.
   *
   * @param value the value
   */
  public void fill(float value) {
    for (int r = 0; r < rows; r++) { // no slice a row: it would be an object a row
      long row = offset(r);
      for (int c = 0; c < columns; c++) {
        segment.set(FLOAT, row + (long) c * Float.BYTES, value);
      }
    }
  }

  private void require(int expectedRows, int expectedColumns) {
    if (rows != expectedRows || columns != expectedColumns) {
      throw new IllegalArgumentException(
          "expected shape [" + expectedRows + ", " + expectedColumns + "], got [" + rows + ", " + columns + "]");
    }
  }

  @Override
  public String toString() {
    String shape = "Matrix[" + rows + ", " + columns + ", stride " + stride + "]";
    return (long) rows * columns <= 16 ? shape + Arrays.toString(toArray()) : shape;
  }
}
