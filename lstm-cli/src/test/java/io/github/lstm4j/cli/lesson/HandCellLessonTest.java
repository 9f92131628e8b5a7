package io.github.lstm4j.cli.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HandCellLessonTest {
  /** Half a unit of the sixth place. */
  private static final double SIX_PLACES = 0.5e-6;
  /** Central differences in double precision err by about step² of the third derivative and by ulp/step: 1e-10 both. */
  private static final double STEP = 1e-5;

  private static final HandCell PAPER = HandCellLesson.PAPER;

  /** The last output of the cell with one of its numbers changed. */
  private static double last(int group, int index, double change) {
    double[][] numbers = {
      PAPER.weightIh().clone(), PAPER.weightHh().clone(), PAPER.bias().clone(), HandCellLesson.INPUTS.clone(),
      {HandCellLesson.H0, HandCellLesson.C0}
    };
    numbers[group][index] += change;
    HandCell cell = new HandCell(numbers[0], numbers[1], numbers[2]);
    return cell.forward(numbers[3], numbers[4][0], numbers[4][1])[3].h();
  }

  private static double difference(int group, int index) {
    return (last(group, index, STEP) - last(group, index, -STEP)) / (2 * STEP);
  }

  @Test
  void theTutorialsFigures() {
    HandCellLesson.Result result = HandCellLesson.byLibrary();
    assertEquals(0.7355, result.last(), 0.5e-4);
    assertEquals(0.9996, result.probability(), 0.5e-4);
  }

  @Test
  void everyStepIsTheOneOnPaper() {
    HandCellLesson.Result result = HandCellLesson.byLibrary();
    HandCell.Step[] steps = PAPER.forward(HandCellLesson.INPUTS, HandCellLesson.H0, HandCellLesson.C0);
    for (int t = 0; t < steps.length; t++) {
      for (int gate = 0; gate < 4; gate++) {
        assertEquals(steps[t].gates()[gate], result.gates().get(gate).get(t, 0), SIX_PLACES, "gate " + gate);
      }
      assertEquals(steps[t].c(), result.c().get(t, 0), SIX_PLACES);
      assertEquals(steps[t].h(), result.h().get(t, 0), SIX_PLACES);
    }
  }

  @Test
  void gradientsAreCentralDifferencesToSixPlaces() {
    HandCellLesson.Result library = HandCellLesson.byLibrary();
    HandCell.Gradients paper =
        PAPER.backward(PAPER.forward(HandCellLesson.INPUTS, HandCellLesson.H0, HandCellLesson.C0));
    for (int k = 0; k < 4; k++) {
      assertGradient(0, k, library.weightIh().data()[k], paper.weightIh()[k]);
      assertGradient(1, k, library.weightHh().data()[k], paper.weightHh()[k]);
      assertGradient(2, k, library.bias().data()[k], paper.bias()[k]);
      assertGradient(3, k, library.x().data()[k], paper.x()[k]);
    }
    assertGradient(4, 0, library.h0(), paper.h0());
    assertGradient(4, 1, library.c0(), paper.c0());
  }

  private static void assertGradient(int group, int index, double library, double paper) {
    double expected = difference(group, index);
    assertEquals(expected, library, SIX_PLACES, "library, group " + group + ", number " + index);
    assertEquals(expected, paper, SIX_PLACES, "on paper, group " + group + ", number " + index);
  }
}
