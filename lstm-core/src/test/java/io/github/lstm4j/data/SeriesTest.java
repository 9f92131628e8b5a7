package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void slicesAndSelections() {
    Series series = Series.of(List.of("a", "b", "c"), new double[][] {{1, 2, 3}, {4, 5, Double.NaN}, {7, 8, 9}});
    Series part = series.slice(1, 3).select(List.of("c", "a"));
    assertEquals(List.of("c", "a"), part.names());
    assertEquals(2, part.rows());
    assertArrayEquals(new double[] {Double.NaN, 9}, part.column("c"));
    assertEquals(7, part.value(1, 1));
  }

  @Test
  void isImmutable() {
    double[] values = {1, 2};
    double[][] rows = {{1}, {2}};
    Series one = Series.of("a", values);
    Series two = Series.of(List.of("a"), rows);
    values[0] = 9;
    rows[0][0] = 9;
    one.column("a")[0] = 9;
    assertArrayEquals(new double[] {1, 2}, one.column("a"));
    assertArrayEquals(new double[] {1, 2}, two.column("a"));
  }
}
