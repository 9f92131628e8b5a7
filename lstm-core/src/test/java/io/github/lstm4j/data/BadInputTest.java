package io.github.lstm4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad input gets: a message that names the culprit, what it was and what was expected. */
class BadInputTest {
  private static final double NAN = Double.NaN;
  private static final List<String> AB = List.of("a", "b");
  private static final Series FIVE = Series.of("a", 1, 2, 3, 4, 5);
  private static final WindowShape SHAPE = WindowShape.of(List.of("a"), List.of("a"), 3);

  @ParameterizedTest(name = "{0}")
  @MethodSource({"series", "missing", "scaler", "metadata", "windows"})
  void badInput(String message, Executable call) {
    assertEquals(message, assertThrows(RuntimeException.class, call).getMessage());
  }

  private static Arguments bad(String message, Executable call) {
    return Arguments.of(message, call);
  }

  static Stream<Arguments> series() {
    return Stream.of(
        bad("a series needs at least one column; no name was given", () -> Series.of(List.of(), new double[0][])),
        bad("the name of column 1 (from 0) is blank in [a,  ]", () -> Series.of(List.of("a", " "), new double[0][])),
        bad("column 'a' occurs twice in [a, a]", () -> Series.of(List.of("a", "a"), new double[0][])),
        bad(
            "row 1 has 1 values; expected 2, one for each of [a, b]",
            () -> Series.of(AB, new double[][] {{1, 2}, {3}})),
        bad(
            "column 'b', row 1: -Infinity; expected a finite value, or NaN where it is missing",
            () -> Series.of(AB, new double[][] {{1, 2}, {3, Double.NEGATIVE_INFINITY}})),
        bad(
            "column 'a', row 0: Infinity; expected a finite value, or NaN where it is missing",
            () -> Series.of("a", Double.POSITIVE_INFINITY)),
        bad("there is no column 'c'; the columns are [a]", () -> FIVE.column("c")),
        bad("there is no column 'c'; the columns are [a]", () -> FIVE.select(List.of("a", "c"))),
        bad("column 'a' occurs twice in [a, a]", () -> FIVE.select(List.of("a", "a"))),
        bad("rows [2, 6) of a series of 5 rows", () -> FIVE.slice(2, 6)),
        bad("rows [3, 2) of a series of 5 rows", () -> FIVE.slice(3, 2)),
        bad("rows [-1, 2) of a series of 5 rows", () -> FIVE.slice(-1, 2)));
  }

  static Stream<Arguments> missing() {
    return Stream.of(
        bad(
            "column 'b', row 1 is missing; FAIL needs complete values: apply MissingValues first",
            () -> MissingValues.FAIL.applyTo(Series.of(AB, new double[][] {{1, 2}, {3, NAN}}))),
        bad(
            "column 'a', row 0 is missing, and FORWARD_FILL has no value before it; the first value stands in row 2",
            () -> MissingValues.FORWARD_FILL.applyTo(Series.of("a", NAN, NAN, 3))),
        bad(
            "column 'a', row 0 is missing, and FORWARD_FILL has no value before it; the first value stands in no row",
            () -> MissingValues.FORWARD_FILL.applyTo(Series.of("a", NAN, NAN))),
        bad(
            "column 'a', row 0 is missing, and LINEAR has no value before it; the first value stands in row 1",
            () -> MissingValues.LINEAR.applyTo(Series.of("a", NAN, 2, NAN))),
        bad(
            "column 'a', row 1 is missing, and LINEAR has no value after it: it is missing to the last row, 2",
            () -> MissingValues.LINEAR.applyTo(Series.of("a", 1, NAN, NAN))),
        bad(
            "DROP_ROWS leaves nothing: each of the 2 rows misses a value of [a, b]",
            () -> MissingValues.DROP_ROWS.applyTo(Series.of(AB, new double[][] {{1, NAN}, {NAN, 2}}))));
  }

  static Stream<Arguments> scaler() {
    Scaler log = Scaler.fit(FIVE, Scaling.STANDARD, ValueTransform.LOG);
    return Stream.of(
        bad(
            "a scaler is fitted on the training rows; the series has none",
            () -> Scaler.fit(FIVE.slice(2, 2), Scaling.STANDARD)),
        bad(
            "column 'a', row 1 is missing; a scaler needs complete values: apply MissingValues first",
            () -> Scaler.fit(Series.of("a", 1, NAN), Scaling.NONE)),
        bad("there is no column 'c'; the columns are [a]",
            () -> Scaler.fit(FIVE, Scaling.NONE, Map.of("c", ValueTransform.SQRT))),
        bad("column 'a', row 1: -0.5 under SQRT; expected values >= 0",
            () -> Scaler.fit(Series.of("a", 1, -0.5), Scaling.STANDARD, ValueTransform.SQRT)),
        bad("column 'a', row 2: 0.0 under LOG; expected values > 0",
            () -> log.transform(Series.of("a", 1, 2, 0))),
        bad("column 'b' was not fitted; the fitted columns are [a]", () -> log.transform(Series.of("b", 1))),
        bad("column 'b' was not fitted; the fitted columns are [a]", () -> log.inverse("b", 1)),
        bad(
            "column 'a': its values can't be scaled by MIN_MAX: shift -1.0E308, scale Infinity; expected finite"
                + " numbers and a scale above 0",
            () -> Scaler.fit(Series.of("a", -1e308, 1e308), Scaling.MIN_MAX)),
        bad(
            "column 'a', row 0: 1.0E300 is too far from the training values to be scaled"
                + " (ColumnScale[transform=IDENTITY,"
                + " shift=0.0, scale=1.0E-9])",
            () -> Scaler.fit(Series.of("a", 0, 1e-9), Scaling.MIN_MAX).transform(Series.of("a", 1e300))));
  }

  static Stream<Arguments> metadata() {
    return Stream.of(
        bad("the metadata have no 'scaler.columns', which a scaler needs", () -> Scaler.fromMetadata(Map.of())),
        changed("scaler.columns", "-1", "a number of columns, at least 1"),
        changed("scaler.columns", "99999999999", "a number of columns, at least 1"),
        bad(
            "the metadata have no 'scaler.1.transform', which a scaler needs",
            () -> read("scaler.columns", "999999999")),
        changed("scaler.0.transform", "CUBE", "one of [IDENTITY, SQRT, LOG]"),
        changed("scaler.0.shift", "zero", "a number"),
        changed("scaler.0.shift", "NaN", "a finite number"),
        changed("scaler.0.scale", "0.0", "a number above 0"));
  }

  private static Arguments changed(String key, String value, String expected) {
    return bad("metadata '" + key + "' is '" + value + "'; expected " + expected, () -> read(key, value));
  }

  private static void read(String key, String value) {
    Map<String, String> metadata = new HashMap<>(Scaler.fit(FIVE, Scaling.STANDARD).toMetadata());
    metadata.put(key, value);
    Scaler.fromMetadata(metadata);
  }

  static Stream<Arguments> windows() {
    Windows windows = Windows.over(FIVE, SHAPE);
    return Stream.of(
        bad("number of features is 0; expected at least 1", () -> WindowShape.of(List.of(), AB, 3)),
        bad("number of targets is 0; expected at least 1", () -> WindowShape.of(AB, List.of(), 3)),
        bad("inputSteps is 0; expected at least 1", () -> WindowShape.of(AB, AB, 0)),
        bad("stride is -1; expected at least 1", () -> SHAPE.withStride(-1)),
        bad("horizon is 0; expected at least 1", () -> SHAPE.withHorizon(0)),
        bad("there is no column 'b'; the columns are [a]", () -> Windows.over(FIVE, WindowShape.of(AB, AB, 3))),
        bad("column 'a', row 2 is missing; a window needs complete values: apply MissingValues first",
            () -> Windows.over(Series.of("a", 1, 2, NAN, 4), SHAPE)),
        bad("column 'a', row 1: 1.0E39 is too large for float32; scale it",
            () -> Windows.over(Series.of("a", 1, 1e39), SHAPE)),
        bad(
            "targets in rows [0, 5) of 5 make no window: 3 input rows and a horizon of 3 with targets at LAST_STEP"
                + " need row 5 as a target at least",
            () -> Windows.over(FIVE, SHAPE.withHorizon(3))),
        bad(
            "targets in rows [0, 5) of 5 make no window: 3 input rows and a horizon of 2147483647 with targets at"
                + " LAST_STEP need row 2147483649 as a target at least",
            () -> Windows.over(FIVE, SHAPE.withHorizon(Integer.MAX_VALUE))),
        bad(
            "targets in rows [3, 5) of 5 make no window: 3 input rows and a horizon of 1 with targets at EVERY_STEP"
                + " need row 5 as a target at least",
            () -> Windows.over(FIVE.slice(0, 5), SHAPE.withTargetsAt(WindowTargets.EVERY_STEP)).targetsWithin(3, 5)),
        bad("targets in rows [3, 6) of a series of 5 rows", () -> windows.targetsWithin(3, 6)),
        bad("Index 2 out of bounds for length 2", () -> windows.copyInput(2, new float[3], 0)),
        bad("a split of 5 rows at 0 and 3; expected 1 <= validationFrom <= testFrom <= rows", () -> new Split(5, 0, 3)),
        bad("3 validation rows and 2 test rows of 5; expected none negative and at least 1 row left for training",
            () -> Split.tail(5, 3, 2)),
        bad("the split is of 6 rows; the series has 5", () -> Split.tail(6, 1, 1).training(FIVE)));
  }
}
