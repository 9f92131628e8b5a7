package io.github.lstm4j.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lstm4j.loss.CrossEntropy;
import io.github.lstm4j.model.SequenceModel;
import io.github.lstm4j.random.CounterRandom;
import io.github.lstm4j.train.Clipping;
import io.github.lstm4j.train.Trainer;
import io.github.lstm4j.train.TrainerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to a network that has learned what follows what. */
class TextTrainingTest {
  private static final int SYMBOLS = 8;

  /**
   * Each of eight letters is followed by one of two, by the toss of a coin. All letters are equally frequent, so who
   * knows frequencies only pays ln 8 for a letter; who knows the letter before pays ln 2, and nobody can pay less.
   */
  private static String text(int length) {
    StringBuilder text = new StringBuilder();
    int letter = 0;
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + letter));
      int toss = (int) (CounterRandom.bits(5, 9, i) & 1);
      letter = (2 * letter + toss) % SYMBOLS;
    }
    return text.toString();
  }

  /** The lowest loss that fixed probabilities can have on these tokens: those that are their frequencies. */
  private static double unigramEntropy(TokenSequence tokens) {
    double[] counts = new double[SYMBOLS];
    for (long i = 0; i < tokens.size(); i++) {
      counts[tokens.get(i)]++;
    }
    double entropy = 0;
    for (double count : counts) {
      entropy -= count / tokens.size() * Math.log(count / tokens.size());
    }
    return entropy;
  }

  /** Half of what the letter before is worth: (ln 8 − ln 2) / 2. */
  @Test
  void whatFollowsWhatIsLearned(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("corpus.txt"), text(6_000));
    try (Corpus corpus = Corpus.read(file, CorpusOptions.CHARACTERS);
        SequenceModel network =
            SequenceModel.builder(1)
                .embedding("embedding", SYMBOLS, 8).lstm("rnn", 16).linear("head", SYMBOLS)
                .seed(1).threads(2).build()) {
      TrainerOptions options =
          new TrainerOptions(new CrossEntropy()).rate(1e-2).clipping(new Clipping.ByNorm(1)).updates(120);
      new Trainer(network, options).fit(new TokenStreams(corpus.training(), 8, 16));
      double loss = Trainer.evaluate(network, new CrossEntropy(), new TokenStreams(corpus.heldOut(), 2, 64));
      double bound = unigramEntropy(corpus.heldOut()) - (Math.log(8) - Math.log(2)) / 2;
      assertTrue(loss < bound, () -> "held-out loss " + loss + ", expected less than " + bound);
    }
  }
}
