package io.github.lstm4j.cli.lesson;

import io.github.lstm4j.data.Batch;
import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.Schedule;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Distant recall: what was the pet that was named at the beginning of the story? */
final class RecallLesson implements Lesson {
  static final int DISTRACTION = 50;
  static final int UPDATES = 600;
  static final double CHANCE = 1.0 / PetStories.ANIMALS.size();
  static final int HELD_OUT = 1000;
  private static final int HIDDEN = 64;
  private static final int BATCH = 32;
  private static final int VECTOR = 32;
  /** sigmoid(5) = 0.993, of which 0.993⁵⁷ = 0.68 is left after the distraction and the question. */
  private static final float FORGET_BIAS = 5;

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public String description() {
    return "distant recall: \"a dog named cliff … however , cliff , my pet ___\", 50 words apart";
  }

  @Override
  public String duration() {
    return "ten seconds; with --full, five seeds, a minute";
  }

  /** Trains on endless stories and returns the share of right words on stories that were held out. */
  static double train(CellKind cell, int distraction, int updates, long seed, int threads) {
    // tutorial: recall
    try (SequenceModel model =
        SequenceModel.builder(1)
            .embedding("words", PetStories.VOCABULARY.size(), VECTOR)
            .recurrent("rnn", size -> options(cell, size))
            .lastStep()
            .linear("next", PetStories.VOCABULARY.size())
            .seed(seed)
            .threads(threads)
            .build()) {
      TrainerOptions options =
          new TrainerOptions(new CrossEntropy())
              .schedule(Schedule.cosine(3e-3, 0))
              .clipping(new Clipping.ByNorm(1))
              .updates(updates);
      new Trainer(model, options).fit(new PetStories(distraction, BATCH, seed));
      return accuracy(model, new PetStories(distraction, HELD_OUT, seed).draw("held out"));
    }
    // tutorial: end
  }

  private static RecurrentOptions options(CellKind cell, int inputSize) {
    // Orthogonal first values: seven of seven seeds learnt within 400 updates, with uniform ones five.
    RecurrentOptions options = RecurrentOptions.of(cell, inputSize, HIDDEN).withOrthogonal(true);
    return cell == CellKind.LSTM ? options.withForgetBias(FORGET_BIAS) : options;
  }

  private static double accuracy(SequenceModel model, Batch stories) {
    Tensor logits = model.predict(stories.input());
    int right = 0;
    for (int b = 0; b < logits.size(0); b++) {
      int best = 0;
      for (int word = 1; word < logits.size(1); word++) {
        best = logits.get(b, word) > logits.get(b, best) ? word : best;
      }
      right += best == (int) stories.target().get(b, 0) ? 1 : 0;
    }
    return right / (double) logits.size(0);
  }

  @Override
  public List<Figure> run(Settings settings, Consumer<String> out) {
    PetStories.Story story = new PetStories(DISTRACTION, 1, settings.seed()).story("held out 0");
    out.accept("A story:");
    out.accept("");
    StringBuilder row = new StringBuilder(" ");
    for (String word : story.words()) {
      if (row.length() + word.length() > 90) {
        out.accept(row.toString());
        row = new StringBuilder(" ");
      }
      row.append(' ').append(word);
    }
    out.accept(row + " ___   (" + story.animal() + ")");
    out.accept("");
    out.accept(
        String.format(
            Locale.ROOT,
            "%,d held-out stories after %d updates of %d; guessing one of the %d animals is right in %.1f %%:",
            HELD_OUT, UPDATES, BATCH, PetStories.ANIMALS.size(), 100 * CHANCE));
    out.accept("");
    for (CellKind cell : List.of(CellKind.LSTM, CellKind.RNN_TANH)) {
      String label = cell == CellKind.LSTM ? "LSTM, forget bias 5" : "RNN";
      StringBuilder results = new StringBuilder(String.format(Locale.ROOT, "  %-22s", label));
      for (long seed : settings.seeds()) {
        double right = train(cell, DISTRACTION, UPDATES, seed, settings.threads());
        results.append(String.format(Locale.ROOT, "  %5.1f %%", 100 * right));
      }
      out.accept(results.toString());
    }
    return List.of();
  }
}
