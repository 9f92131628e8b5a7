package io.github.lstm4j.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Views: which element they show, what they refuse, and that nothing outside them is touched. */
class MatrixTest {
  private final Memory memory = Memory.unlimited("test");

  @AfterEach
  void close() {
    memory.close();
  }

  /** Element (r, c) is 100·r + c, the padding NaN. */
  private static Matrix numbered(Memory memory, int rows, int columns) {
    Matrix matrix = memory.matrix(rows, columns);
    for (long at = 0; at < matrix.segment().byteSize(); at += 4) {
      matrix.segment().set(Matrix.FLOAT, at, Float.NaN);
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        matrix.set(r, c, 100 * r + c);
      }
    }
    return matrix;
  }

  /** Any view of a view, empty ones too, shows the right elements and ends where it should. */
  @Property(tries = 300)
  void views(
      @ForAll @IntRange(max = 6) int rows, @ForAll @IntRange(max = 20) int columns, @ForAll int pick) {
    try (Memory own = Memory.unlimited("test")) {
      int fromRow = Math.floorMod(pick, rows + 1);
      int fromColumn = Math.floorMod(pick / 31, columns + 1);
      int height = Math.floorMod(pick / 7, rows - fromRow + 1);
      int width = Math.floorMod(pick / 13, columns - fromColumn + 1);
      Matrix whole = numbered(own, rows, columns);
      Matrix[] views = {
        whole.rows(fromRow, height).columns(fromColumn, width), whole.columns(fromColumn, width).rows(fromRow, height)
      };
      for (Matrix view : views) {
        assertEquals(height, view.rows());
        assertEquals(width, view.columns());
        assertEquals(whole.stride(), view.stride());
        float[] expected = new float[height * width];
        for (int r = 0; r < height; r++) {
          for (int c = 0; c < width; c++) {
            float element = 100 * (fromRow + r) + fromColumn + c;
            expected[r * width + c] = element;
            assertEquals(element, view.get(r, c));
            assertEquals(element, view.segment().get(Matrix.FLOAT, view.offset(r, c)));
          }
          assertEquals(view.offset(r), view.offset(r, 0));
        }
        assertArrayEquals(expected, view.toArray());
        view.fill(-1f);
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < columns; c++) {
            boolean inside = r >= fromRow && r < fromRow + height && c >= fromColumn && c < fromColumn + width;
            assertEquals(inside ? -1f : 100 * r + c, whole.get(r, c));
          }
        }
        view.copyFrom(expected, 0);
      }
    }
  }

  @Test
  void outOfBounds() {
    Matrix matrix = numbered(memory, 3, 4);
    Matrix view = matrix.rows(0, 2).columns(0, 2);
    Executable[] accesses = {
      () -> matrix.get(3, 0), () -> matrix.get(0, 4), () -> matrix.get(-1, 0), () -> matrix.get(0, -1),
      () -> matrix.set(3, 0, 1f), () -> view.get(2, 0), () -> view.set(0, 2, 1f), () -> matrix.rows(2, 2),
      () -> matrix.rows(-1, 1), () -> matrix.rows(0, -1), () -> matrix.columns(4, 1),
      () -> matrix.columns(0, Integer.MAX_VALUE), () -> matrix.rows(Integer.MAX_VALUE, 1),
      () -> view.segment().get(Matrix.FLOAT, view.offset(2, 0)),
      () -> view.segment().get(Matrix.FLOAT, view.offset(1, 2))
    };
    for (Executable access : accesses) {
      assertThrows(IndexOutOfBoundsException.class, access);
    }
    assertSame(matrix, matrix.rows(0, 3).columns(0, 4));
  }

  @Test
  void copies() {
    Matrix source = numbered(memory, 3, 5);
    Matrix target = memory.dense(3, 5);
    target.copyFrom(source.columns(0, 5));
    assertArrayEquals(source.toArray(), target.toArray());
    target.copyRow(source.rows(2, 1));
    assertArrayEquals(new float[] {200, 201, 202, 203, 204}, target.rows(1, 1).toArray());
    float[] array = new float[8];
    source.rows(1, 2).columns(1, 2).copyTo(array, 3);
    assertArrayEquals(new float[] {0, 0, 0, 101, 102, 201, 202, 0}, array);
    target.columns(3, 2).rows(0, 2).copyFrom(array, 3);
    assertArrayEquals(
        new float[] {200, 201, 202, 101, 102, 200, 201, 202, 201, 202, 200, 201, 202, 203, 204}, target.toArray());
    assertMessage("expected shape [3, 5], got [5, 3]", () -> target.copyFrom(memory.dense(5, 3)));
    assertMessage("expected shape [1, 5], got [1, 4]", () -> target.copyRow(memory.vector(4)));
  }

  @Test
  void arraysThatAreTooShortLeaveAllAsItWas() {
    Matrix matrix = numbered(memory, 2, 3);
    float[] before = matrix.toArray();
    String message = "matrix [2, 3] from index 1 on needs 6 elements; the array has 6";
    assertEquals(
        message, assertThrows(IndexOutOfBoundsException.class, () -> matrix.copyFrom(new float[6], 1)).getMessage());
    assertArrayEquals(before, matrix.toArray());
    float[] target = new float[6];
    assertEquals(message, assertThrows(IndexOutOfBoundsException.class, () -> matrix.copyTo(target, 1)).getMessage());
    assertArrayEquals(new float[6], target);
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.copyFrom(new float[60], -1));
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.copyTo(target, Integer.MAX_VALUE));
  }

  @Test
  void fillKeepsTheBitsAndThePadding() {
    for (float value : new float[] {0f, -0f, 1.5f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE}) {
      Matrix matrix = numbered(memory, 3, 5);
      matrix.columns(1, 3).fill(value);
      for (int r = 0; r < 3; r++) {
        assertEquals(100 * r, matrix.get(r, 0));
        assertEquals(100 * r + 4, matrix.get(r, 4));
        assertTrue(Float.isNaN(matrix.segment().get(Matrix.FLOAT, matrix.offset(r, 5))), "padding was written to");
        for (int c = 1; c < 4; c++) {
          assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(matrix.get(r, c)));
        }
      }
    }
  }

  @Test
  void foreignStorage() {
    MemorySegment segment = memory.allocate(4 * 11);
    Matrix matrix = Matrix.of(segment.asSlice(0, 4 * 11), 3, 3, 4); // the last row needs no padding
    matrix.set(2, 2, 7f);
    assertEquals(7f, segment.get(Matrix.FLOAT, 40));
    assertMessage(
        "matrix [3, 3] with stride 4 needs 44 bytes; the segment has 43",
        () -> Matrix.of(segment.asSlice(0, 43), 3, 3, 4));
    assertMessage("matrix [-1, 3] with stride 4", () -> Matrix.of(segment, -1, 3, 4));
    assertMessage("matrix [1, 3] with stride 2", () -> Matrix.of(segment, 1, 3, 2));
    int max = Integer.MAX_VALUE;
    assertMessage(
        "matrix [2147483647, 2147483647] with stride 2147483647 needs more than 2^63 bytes; the segment has 64",
        () -> Matrix.of(segment, max, max, max));
    assertMessage(
        "a matrix needs an off-heap segment; this one is on the heap",
        () -> Matrix.of(MemorySegment.ofArray(new float[9]), 3, 3, 3));
    assertEquals(0, Matrix.of(segment.asSlice(0, 0), 0, 3, 4).rows());
  }

  @Test
  void texts() {
    assertEquals("Matrix[2, 2, stride 16][0.0, 1.0, 100.0, 101.0]", numbered(memory, 2, 2).toString());
    assertEquals("Matrix[5, 4, stride 16]", numbered(memory, 5, 4).toString());
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
