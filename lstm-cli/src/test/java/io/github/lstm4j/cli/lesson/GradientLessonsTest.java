package io.github.lstm4j.cli.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.Gate;
import io.github.lstm4j.train.Clipping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vanishing, exploding, and the GRU's size. */
class GradientLessonsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatVanishesAndWhatDoesNot(long seed) {
    List<VanishingLesson.Result> results = VanishingLesson.compare(seed);
    assertEquals("RNN", results.get(0).name());
    assertTrue(results.get(0).share() < 1e-15, "RNN: " + results.get(0).share());
    assertEquals("LSTM as PyTorch starts it", results.get(1).name());
    assertTrue(results.get(1).share() < 1e-10, "LSTM as PyTorch starts it vanishes too: " + results.get(1).share());
    assertEquals("LSTM with forget bias 3", results.get(2).name());
    assertTrue(results.get(2).share() >= 1e-3, "LSTM with forget bias 3: " + results.get(2).share());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatExplodesAndWhatClippingDoes(long seed) {
    double[] norms = ExplodingLesson.inputGradientNorms(ExplodingLesson.GAIN, seed);
    assertTrue(norms[0] > 1e6 * norms[norms.length - 1], "grows on the way back: " + norms[0]);
    ExplodingLesson.Result free = ExplodingLesson.train(Clipping.NONE, seed);
    ExplodingLesson.Result clipped = ExplodingLesson.train(new Clipping.ByNorm(1), seed);
    assertTrue(free.stopped().startsWith("training stopped at update " + free.norms().length + ": "), free.stopped());
    assertTrue(free.stopped().contains("is not finite"), free.stopped());
    assertEquals("", clipped.stopped());
    assertEquals(ExplodingLesson.UPDATES, clipped.losses().length);
    assertTrue(clipped.largestNorm() > 1, "there was something to clip: " + clipped.largestNorm());
    assertTrue(clipped.lastLoss() < clipped.losses()[0], clipped.lastLoss() + " of " + clipped.losses()[0]);
  }

  @Test
  void aGruHasTwoGatesAndThreeQuartersOfTheParameters() {
    GruLesson.Size lstm = GruLesson.size(CellKind.LSTM, 10, 20);
    GruLesson.Size gru = GruLesson.size(CellKind.GRU, 10, 20);
    assertEquals(List.of(Gate.INPUT, Gate.FORGET, Gate.OUTPUT), lstm.gates());
    assertEquals(List.of(Gate.RESET, Gate.UPDATE), gru.gates());
    assertEquals(4 * 20 * (10 + 20 + 2), lstm.parameters());
    assertEquals(lstm.parameters() * 3, gru.parameters() * 4);
    assertEquals(lstm.parameters(), 4 * GruLesson.size(CellKind.RNN_TANH, 10, 20).parameters());
  }
}
