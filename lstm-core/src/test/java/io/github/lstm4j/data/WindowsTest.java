package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.memory.Matrix;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {
  /** Column a counts 0, 1, 2 …; b and c are 100 and 200 more, so a value tells its column and row. */
  private static Series counting(int rows) {
    double[][] values = new double[rows][];
    for (int row = 0; row < rows; row++) {
      values[row] = new double[] {row, 100 + row, 200 + row};
    }
    return Series.of(List.of("a", "b", "c"), values);
  }

  /**
   * What a window reads and predicts, by the definition: every start in turn, kept if all its targets lie in the range.
   */
  private static List<List<Float>> naive(WindowShape shape, int from, int to) {
    List<List<Float>> windows = new ArrayList<>();
    int first = -1;
    for (int start = 0; start < to; start++) {
      List<Float> window = new ArrayList<>();
      boolean inside = true;
      for (int step = 0; step < shape.inputSteps(); step++) {
        window.add(200f + start + step);
        window.add(0f + start + step);
      }
      for (int step = 0; step < shape.inputSteps(); step++) {
        if (shape.targetSteps() == WindowTargets.EVERY_STEP || step == shape.inputSteps() - 1) {
          int target = start + step + shape.horizon();
          inside &= from <= target && target < to;
          window.add(100f + target);
        }
      }
      if (inside) {
        first = first < 0 ? start : first;
        if ((start - first) % shape.stride() == 0) {
          windows.add(window);
        }
      }
    }
    return windows;
  }

  private static List<List<Float>> all(Windows windows) {
    List<List<Float>> result = new ArrayList<>();
    int inputs = windows.shape().inputSteps() * 2;
    float[] values = new float[inputs + windows.targetSteps()];
    for (int window = 0; window < windows.count(); window++) {
      windows.copyInput(window, values, 0);
      windows.copyTargets(window, values, inputs);
      List<Float> row = new ArrayList<>();
      for (float value : values) {
        row.add(value);
      }
      result.add(row);
    }
    return result;
  }

  private static WindowShape shape(int inputSteps, int stride, int horizon, WindowTargets targets) {
    return new WindowShape(List.of("c", "a"), List.of("b"), inputSteps, stride, horizon, targets);
  }

  @Property
  void windowsAreThoseOfTheDefinition(
      @ForAll @IntRange(min = 1, max = 24) int rows, @ForAll @IntRange(min = 1, max = 6) int inputSteps,
      @ForAll @IntRange(min = 1, max = 4) int stride, @ForAll @IntRange(min = 1, max = 4) int horizon,
      @ForAll WindowTargets targets, @ForAll @IntRange(max = 24) int a, @ForAll @IntRange(max = 24) int b) {
    int from = Math.min(Math.min(a, b), rows);
    int to = Math.min(Math.max(a, b), rows);
    WindowShape shape = shape(inputSteps, stride, horizon, targets);
    if (naive(shape, 0, rows).isEmpty()) {
      assertThrows(IllegalArgumentException.class, () -> Windows.over(counting(rows), shape));
      return;
    }
    Windows windows = Windows.over(counting(rows), shape);
    assertEquals(naive(shape, 0, rows), all(windows));
    if (naive(shape, from, to).isEmpty()) {
      assertThrows(IllegalArgumentException.class, () -> windows.targetsWithin(from, to));
    } else {
      assertEquals(naive(shape, from, to), all(windows.targetsWithin(from, to)));
    }
  }

  @Property
  void noPartTouchesALaterOne(
      @ForAll @IntRange(min = 1, max = 4) int inputSteps, @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 1, max = 3) int horizon, @ForAll WindowTargets targets,
      @ForAll @IntRange(min = 4, max = 9) int validation, @ForAll @IntRange(min = 4, max = 9) int test) {
    Split split = Split.tail(30, validation, test);
    Windows windows = Windows.over(counting(30), shape(inputSteps, stride, horizon, targets));
    assertRows(split.training(windows), 0, split.validationFrom());
    assertRows(split.validation(windows), split.validationFrom(), split.testFrom());
    assertRows(split.test(windows), split.testFrom(), 30);
  }

  private static void assertRows(Windows windows, int from, int to) {
    for (int window = 0; window < windows.count(); window++) {
      for (int step = 0; step < windows.shape().inputSteps(); step++) {
        assertTrue(windows.inputRow(window, step) < to);
      }
      for (int step = 0; step < windows.targetSteps(); step++) {
        int row = windows.targetRow(window, step);
        assertTrue(from <= row && row < to, () -> "target row " + row + " in [" + from + ", " + to + ")");
      }
    }
  }

  @Test
  void everyTestRowIsATargetOnce() {
    Windows test = Split.tail(30, 7, 8).test(Windows.over(counting(30), WindowShape.of(List.of("a"), List.of("a"), 5)));
    assertArrayEquals(
        IntStream.range(22, 30).toArray(), IntStream.range(0, test.count()).map(w -> test.targetRow(w, 0)).toArray());
    assertEquals(17, test.inputRow(0, 0));
  }

  @Test
  void batchOfSequencesWithStepsFirst() {
    Windows windows = Windows.over(counting(9), shape(3, 2, 1, WindowTargets.EVERY_STEP));
    try (Arena arena = Arena.ofConfined()) {
      Matrix batch = Matrix.of(arena.allocate(6 * 4 * Float.BYTES), 6, 2, 4); // rows [steps, batch]
      Matrix targets = Matrix.of(arena.allocate(6 * Float.BYTES), 6, 1, 1);
      for (int sequence = 0; sequence < 2; sequence++) {
        windows.copyInput(sequence + 1, batch, sequence, 2);
        windows.copyTargets(sequence + 1, targets, sequence, 2);
      }
      float[] steps = {2, 4, 3, 5, 4, 6};
      for (int row = 0; row < 6; row++) {
        assertEquals(200 + steps[row], batch.get(row, 0));
        assertEquals(steps[row], batch.get(row, 1));
        assertEquals(101 + steps[row], targets.get(row, 0));
      }
      assertEquals(
          "a window's rows have 1 values; the matrix is [6, 2]",
          assertThrows(IllegalArgumentException.class, () -> windows.copyTargets(0, batch, 0, 1)).getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> windows.copyInput(0, batch, 4, 1));
    }
  }

  @Test
  void anEpochIsAPermutationOfItsOwn() {
    Windows windows = Windows.over(counting(60), WindowShape.of(List.of("a"), List.of("a"), 9));
    int[] order = windows.shuffled(1, 0);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertArrayEquals(IntStream.range(0, windows.count()).toArray(), sorted);
    assertArrayEquals(order, windows.shuffled(1, 0));
    assertTrue(!Arrays.equals(order, windows.shuffled(1, 1)));
    assertTrue(!Arrays.equals(order, windows.shuffled(2, 0)));
  }
}
