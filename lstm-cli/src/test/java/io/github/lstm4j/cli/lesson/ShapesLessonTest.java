package io.github.lstm4j.cli.lesson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.layer.RecurrentOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesLessonTest {
  @Test
  void shapesReadAsPyTorchPrintsThem() {
    assertEquals(
        List.of(
            "weight_ih_l0 torch.Size([12, 2])", "weight_hh_l0 torch.Size([12, 3])", "bias_ih_l0 torch.Size([12])",
            "bias_hh_l0 torch.Size([12])"),
        ShapesLesson.parameterShapes(2, 3));
  }

  @Test
  void theSummaryCountsParameters() {
    assertTrue(ShapesLesson.summary(false).contains("parameters: 5,920, trainable 5,920, frozen 0"));
    assertTrue(ShapesLesson.summary(true).contains("parameters: 5,920, trainable 3,360, frozen 2,560"));
  }

  @Test
  void outputsHaveTheirShapes() {
    RecurrentOutput one = ShapesLesson.output(RecurrentOptions.of(CellKind.LSTM, 6, 3), 1, 1, 6);
    assertArrayEquals(new int[] {1, 1, 3}, one.y().shape());
    RecurrentOutput two = ShapesLesson.output(RecurrentOptions.of(CellKind.LSTM, 10, 20).withLayers(2), 5, 3, 10);
    assertArrayEquals(new int[] {5, 3, 20}, two.y().shape());
    assertArrayEquals(new int[] {2, 3, 20}, two.hn().shape());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 19})
  void aStateThatIsCarriedGivesTheWholeRunBitForBit(int cut) {
    ShapesLesson.Continued runs = ShapesLesson.continued(cut, 1);
    assertEquals(60, runs.pieces().length);
    assertTrue(runs.equal());
    assertNotEquals(0, runs.pieces()[59], "something was computed");
  }
}
