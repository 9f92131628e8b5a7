package io.github.lstm4j.cli.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.layer.CellKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons that train. Those tagged {@code long} run with {@code mvn -Plessons verify}; see CONTRIBUTING.md. */
class TrainedLessonsTest {
  /** One: on a machine that is busy with other things, threads that wait for each other take turns at its pace. */
  private static final int THREADS = 1;

  /** One of eight animals on 1,000 stories: five standard deviations, √(1/8 · 7/8 / 1000) each, above an eighth. */
  private static final double NEAR_CHANCE =
      RecallLesson.CHANCE + 5 * Math.sqrt(RecallLesson.CHANCE * (1 - RecallLesson.CHANCE) / RecallLesson.HELD_OUT);

  /** The variance of a sum of two uniform numbers is 1/6: who knows nothing is that far off. */
  @Test
  void theAddingProblemInSmall() {
    double lstm = AddingLesson.train(CellKind.LSTM, 30, 700, 1, THREADS).error();
    assertTrue(lstm < 0.01, "LSTM: " + lstm);
    double gru = AddingLesson.train(CellKind.GRU, 30, 700, 1, THREADS).error();
    assertTrue(gru < 0.01, "GRU: " + gru);
    double rnn = AddingLesson.train(CellKind.RNN_TANH, 60, 300, 1, THREADS).error();
    assertTrue(rnn >= 0.1, "RNN: " + rnn);
  }

  @Test
  @Tag("long")
  void theAddingProblemAt100Steps() {
    List<String> errors = new ArrayList<>();
    boolean asPromised = true;
    for (CellKind cell : List.of(CellKind.LSTM, CellKind.RNN_TANH)) {
      for (long seed = 1; seed <= 5; seed++) {
        double error = AddingLesson.train(cell, AddingLesson.STEPS, AddingLesson.UPDATES, seed, THREADS).error();
        errors.add(cell + " seed " + seed + ": " + error);
        asPromised &= cell == CellKind.LSTM ? error < 0.01 : error >= 0.1;
      }
    }
    System.out.println("adding problem: " + errors);
    assertTrue(asPromised, errors.toString());
  }

  @Test
  void distantRecallOnce() {
    double lstm = RecallLesson.train(CellKind.LSTM, RecallLesson.DISTRACTION, 400, 1, THREADS);
    assertTrue(lstm >= 0.95, "LSTM: " + lstm);
    double rnn = RecallLesson.train(CellKind.RNN_TANH, RecallLesson.DISTRACTION, 100, 1, THREADS);
    assertTrue(rnn < NEAR_CHANCE, "RNN: " + rnn);
  }

  @Test
  @Tag("long")
  void distantRecall() {
    List<String> shares = new ArrayList<>();
    boolean asPromised = true;
    for (CellKind cell : List.of(CellKind.LSTM, CellKind.RNN_TANH)) {
      for (long seed = 1; seed <= 5; seed++) {
        double share = RecallLesson.train(cell, RecallLesson.DISTRACTION, RecallLesson.UPDATES, seed, THREADS);
        shares.add(cell + " seed " + seed + ": " + share);
        asPromised &= cell == CellKind.LSTM ? share >= 0.95 : share < NEAR_CHANCE;
      }
    }
    System.out.println("distant recall: " + shares);
    assertTrue(asPromised, shares.toString());
  }

  /** The question names the pet, the answer stands 50 words and more before it, and nowhere in between. */
  @Test
  void storiesAreWhatTheyClaimToBe() {
    PetStories stories = new PetStories(RecallLesson.DISTRACTION, 1, 7);
    for (int i = 0; i < 100; i++) {
      PetStories.Story story = stories.story("test " + i);
      List<String> words = story.words();
      assertEquals(story.animal(), words.get(3));
      String name = words.get(5);
      assertEquals(List.of(name, ",", "my", "pet"), words.subList(words.size() - 4, words.size()));
      assertTrue(words.lastIndexOf(name) - words.indexOf(name) > 50, words.toString());
      assertEquals(1, words.stream().filter(PetStories.ANIMALS::contains).count(), words.toString());
      assertTrue(PetStories.VOCABULARY.containsAll(words), words.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theGatesOpenForTheMarkAndKeepWhatTheyLetIn(long seed) {
    GatesLesson.Result result = GatesLesson.trainAndLook(seed);
    assertTrue(result.accuracy() >= 0.99, "accuracy: " + result.accuracy());
    int unit = result.keeper();
    double[] input = result.input()[unit];
    assertTrue(input[result.mark()] > 2 * result.meanAfter(input), "the input gate opens at the mark");
    assertTrue(result.meanAfter(result.forget()[unit]) > 0.9, "and the forget gate keeps");
    double written = result.difference(unit, result.mark());
    double left = result.difference(unit, GatesLesson.STEPS - 1);
    assertTrue(left > written / 2, "what was let in is there at the end: " + left + " of " + written);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theNextWordIsKnown(long seed) {
    NextWordLesson.Result result = NextWordLesson.train(seed);
    assertEquals(5, result.suggestions().size());
    assertEquals("cat", result.suggestions().getFirst().word());
    assertTrue(result.suggestions().getFirst().probability() > 0.9, result.suggestions().toString());
    double sum = result.suggestions().stream().mapToDouble(NextWordLesson.Suggestion::probability).sum();
    assertTrue(sum <= 1 + 5 * Math.ulp(1.0), "probabilities: " + sum);
    assertEquals("cat , is never cold .", String.join(" ", result.continuation()));
  }

  @Test
  void lookingUpIsMultiplying() {
    for (int words : new int[] {1, 2, 17, 100}) {
      EmbeddingLesson.Result result = EmbeddingLesson.compare(words, 9, 3);
      assertEquals(words * 9, result.lookup().length);
      assertTrue(result.equal(), words + " words");
    }
  }
}
