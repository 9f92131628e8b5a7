package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lstm4j.testing.SharedData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of texts and classes, by the commands that it shows, on real data. Minutes each. */
@Tag("long")
class ReadmeFiguresTest {
  @TempDir Path folder = Path.of("");

  private static Path data(String path) {
    assumeTrue(SharedData.data().isPresent(), SharedData.ABSENT);
    return SharedData.data().orElseThrow().resolve(path);
  }

  /** The number that a command says. */
  private double said(Pattern what, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--out", folder.toString()));
    Program run = Program.run(Engines.standard(), args.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    Matcher said = what.matcher(run.out());
    assertTrue(said.find(), run.out());
    return Double.parseDouble(said.group(1));
  }

  @Test
  void ninetySevenOfAHundredJapaneseVowelsAreToldRight() {
    double mean =
        said(
            Pattern.compile("Mean of 5 seeds: (\\d+\\.\\d+) %, standard deviation \\d"), "classify", "train", "--data",
            data("sequences/JapaneseVowels_TRAIN.ts").toString(), "--test",
            data("sequences/JapaneseVowels_TEST.ts").toString(), "--seeds", "5");
    assertTrue(mean >= 97, "mean: " + mean);
  }

  @Test
  void seventyEightOfAHundredSurnamesAreToldRight() {
    double right =
        said(
            Pattern.compile("seed 1: (\\d+\\.\\d+) % of the test cases told right"), "classify", "train", "--data",
            data("text/names_by_language").toString());
    assertTrue(right >= 78, "told right: " + right);
  }

  /** PyTorch, with the same recipe: 1.694. */
  @Test
  void tinyShakespeareIsLearntAsWellAsByPyTorch() {
    double sum = 0;
    for (String seed : List.of("1", "2", "3")) {
      sum +=
          said(
              Pattern.compile("Held-out loss (\\d+\\.\\d+) nats per character"), "text", "train", "--corpus",
              data("text/tinyshakespeare.txt").toString(), "--seed", seed);
    }
    assertTrue(sum / 3 <= 1.72, "mean of three seeds: " + sum / 3);
  }
}
