package io.github.lstm4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.kernels.RowOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans against a naive model that lists every (step, sequence) one by one. */
class StepPlanTest {
  /** A time step of a sequence, which stands at a position of the sorted batch. */
  private record Cell(int step, int position) {}

  /** What a plan should say, found by counting. */
  private static final class Model {
    final List<Integer> sequences = new ArrayList<>();
    final List<Cell> rows = new ArrayList<>();
    final int[] lengths;

    Model(int[] batch) {
      IntStream.range(0, batch.length).boxed().sorted(Comparator.comparingInt(b -> -batch[b])).forEach(sequences::add);
      lengths = sequences.stream().mapToInt(b -> batch[b]).toArray();
      for (int step = 0; step < lengths[0]; step++) {
        for (int position = 0; position < lengths.length; position++) {
          if (step < lengths[position]) {
            rows.add(new Cell(step, position));
          }
        }
      }
    }

    /** The row of states before a cell: an initial state, or the one after the neighbouring step. */
    int previous(Cell cell, boolean reverse) {
      int row = row(cell.step + (reverse ? 1 : -1), cell.position);
      return row < 0 ? cell.position : lengths.length + row;
    }

    int row(int step, int position) {
      return rows.indexOf(new Cell(step, position));
    }
  }

  @Property(tries = 500)
  void layout(@ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> batch, @ForAll boolean padded) {
    int[] lengths = ints(batch);
    Model model = new Model(lengths);
    int steps = model.lengths[0] + (padded ? 3 : 0);
    StepPlan plan = StepPlan.of(steps, lengths);
    assertEquals(lengths.length, plan.batch());
    assertEquals(steps, plan.steps());
    assertEquals(model.lengths[0], plan.longest());
    assertEquals(model.rows.size(), plan.rows());
    for (int step = 0; step < plan.longest(); step++) {
      int now = step;
      assertEquals(Arrays.stream(lengths).filter(length -> length > now).count(), plan.active(step));
      assertEquals(model.row(step, 0), plan.offset(step));
    }
    for (int position = 0; position < lengths.length; position++) {
      assertEquals(model.sequences.get(position), plan.sequence(position));
      assertEquals(model.lengths[position], plan.length(position));
      int last = model.lengths[position] - 1;
      assertEquals(plan.batch() + model.row(last, position), plan.finalState(position, false));
      assertEquals(plan.batch() + model.row(0, position), plan.finalState(position, true));
    }
  }

  /** Slices of a batch: each row once, after the row whose state it needs, from the right state. */
  @Property(tries = 500)
  void runs(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> batch,
      @ForAll boolean reverse,
      @ForAll @IntRange(max = 8) int one,
      @ForAll @IntRange(max = 8) int other) {
    int[] lengths = ints(batch);
    Model model = new Model(lengths);
    StepPlan plan = StepPlan.of(9, lengths);
    int from = Math.min(Math.min(one, other), lengths.length);
    int to = Math.min(Math.max(one, other), lengths.length);
    BitSet computed = new BitSet(); // rows of the matrix of states
    computed.set(0, plan.batch());
    Set<Cell> met = new HashSet<>();
    StepPlan.Run before = null;
    for (StepPlan.Run run : plan.runs(reverse, from, to, StepRange.all(plan))) {
      assertTrue(run.count() > 0);
      for (int i = 0; i < run.count(); i++) {
        Cell cell = model.rows.get(run.row() + i);
        assertEquals(run.position() + i, cell.position());
        assertTrue(cell.position() >= from && cell.position() < to, () -> cell + " is outside the slice");
        assertEquals(model.previous(cell, reverse), run.previous() + i);
        assertEquals(run.previous() + i < plan.batch(), run.starts(), () -> run + " mixes initial states with others");
        assertTrue(computed.get(run.previous() + i), () -> cell + " comes before its previous state");
        assertTrue(met.add(cell), () -> cell + " is computed twice");
      }
      computed.set(plan.batch() + run.row(), plan.batch() + run.row() + run.count()); // one call: no row sees another's
      if (before != null) {
        boolean mergeable = before.row() + before.count() == run.row()
            && before.previous() + before.count() == run.previous()
            && model.rows.get(before.row()).step() == model.rows.get(run.row()).step();
        assertFalse(mergeable, before + " and " + run + " could be one call");
      }
      before = run;
    }
    long expected = model.rows.stream().filter(c -> c.position() >= from && c.position() < to).count();
    assertEquals(expected, met.size());
  }

  @Property(tries = 500)
  void orders(@ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> batch) {
    int[] lengths = ints(batch);
    Model model = new Model(lengths);
    StepPlan plan = StepPlan.of(9, lengths);
    List<Cell> cells = new ArrayList<>(model.rows);
    cells.sort(Comparator.comparingInt((Cell c) -> -c.step()).thenComparingInt(Cell::position));
    RowOrder input = plan.inputOrder();
    RowOrder forward = plan.recurrentOrder(false);
    RowOrder reverse = plan.recurrentOrder(true);
    for (RowOrder order : List.of(input, forward, reverse)) {
      assertEquals(cells.size(), order.size());
    }
    for (int p = 0; p < cells.size(); p++) {
      Cell cell = cells.get(p);
      int row = model.rows.indexOf(cell);
      assertEquals(row, input.left(p));
      assertEquals(row, input.right(p));
      assertEquals(row, forward.left(p));
      assertEquals(row, reverse.left(p));
      assertEquals(model.previous(cell, false), forward.right(p));
      assertEquals(model.previous(cell, true), reverse.right(p));
    }
  }

  @Property(tries = 100)
  void equalLengthsAreNoLengths(
      @ForAll @IntRange(min = 1, max = 6) int batch, @ForAll @IntRange(min = 1, max = 6) int steps) {
    int[] lengths = new int[batch];
    Arrays.fill(lengths, steps);
    StepPlan plain = StepPlan.of(batch, steps);
    StepPlan given = StepPlan.of(steps, lengths);
    assertTrue(plain.sameAs(given) && given.sameAs(plain));
    assertEquals(batch * steps, plain.rows());
    for (boolean reverse : new boolean[] {false, true}) {
      StepRange all = StepRange.all(plain);
      assertEquals(plain.runs(reverse, 0, batch, all), given.runs(reverse, 0, batch, all));
      assertEquals(steps, plain.runs(reverse, 0, batch, all).size(), "one call per step");
    }
  }

  @Test
  void sameness() {
    int[] lengths = {2, 3, 1};
    StepPlan plan = StepPlan.of(3, lengths);
    assertTrue(plan.sameAs(StepPlan.of(3, new int[] {2, 3, 1})));
    assertFalse(plan.sameAs(StepPlan.of(3, new int[] {3, 2, 1})));
    assertFalse(plan.sameAs(StepPlan.of(4, new int[] {2, 3, 1})));
    assertFalse(plan.sameAs(StepPlan.of(3, 3)));
    lengths[0] = 1; // the plan has its own copy
    assertTrue(plan.sameAs(StepPlan.of(3, new int[] {2, 3, 1})));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void badInput(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        bad("batch 0 of 5 steps; expected 1 or more of both", () -> StepPlan.of(0, 5)),
        bad("batch 5 of 0 steps; expected 1 or more of both", () -> StepPlan.of(5, 0)),
        bad("batch -1 of -2 steps; expected 1 or more of both", () -> StepPlan.of(-1, -2)),
        bad("batch 0 of 5 steps; expected 1 or more of both", () -> StepPlan.of(5, new int[0])),
        bad("lengths[1] is 0; expected 1 to 5, the steps of the input", () -> StepPlan.of(5, new int[] {1, 0})),
        bad("lengths[0] is 6; expected 1 to 5, the steps of the input", () -> StepPlan.of(5, new int[] {6, 1})),
        bad("lengths[2] is -4; expected 1 to 5, the steps of the input", () -> StepPlan.of(5, new int[] {1, 5, -4})),
        bad(
            "batch 65536 has 4294967296 time steps in all; expected at most 2147418111: "
                + "use smaller batches or fewer steps",
            () -> StepPlan.of(65_536, 65_536)),
        bad(
            "batch 2 has 2147483647 time steps in all; expected at most 2147483645: use smaller batches or fewer steps",
            () -> StepPlan.of(Integer.MAX_VALUE, new int[] {Integer.MAX_VALUE - 1, 1})));
  }

  private static Arguments bad(String message, Executable call) {
    return Arguments.of(message, call);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
