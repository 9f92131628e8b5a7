package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lstm4j.cli.ScoreTable.Score;
import io.github.lstm4j.testing.SharedData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the network was worth it, said plainly, both ways. */
class VerdictTest {
  @TempDir Path folder = Path.of("");

  /** Squared errors 1, 3, 1, 3, …: their mean is 2. */
  private static double[] squares(int points) {
    double[] squares = new double[points];
    Arrays.setAll(squares, i -> i % 2 == 0 ? 1 : 3);
    return squares;
  }

  /** The same numbers in another order, shifted: differences of 2 and −2 with the mean of the shift. */
  private static Score shifted(String name, int points, double shift) {
    double[] squares = squares(points + 1);
    double[] other = new double[points];
    Arrays.setAll(other, i -> squares[i + 1] + shift);
    return new Score(name, Math.sqrt(2 + shift), other);
  }

  private static String verdict(int points, Score... baselines) {
    return new ScoreTable(new Score("LSTM", Math.sqrt(2), squares(points)), List.of(baselines), points).verdict();
  }

  @Test
  void aClearLeadBeats() {
    assertEquals(
        "The network beats every baseline: 1.414 against 1.732 for persistence (18.4 % lower).",
        verdict(100, shifted("persistence", 100, 1), shifted("autoregression", 100, 2)));
  }

  /** Differences of ±2: with 100 points the standard error of their mean is 2/√99 = 0.201. */
  @Test
  void aLeadThatChanceGivesDoesNot() {
    assertEquals(
        "The network does NOT beat persistence: 1.414 against 1.449 (2.4 % lower) is a lead of 0.5 standard errors, and"
            + " chance easily gives 1.6. Use persistence.",
        verdict(100, shifted("persistence", 100, 0.1)));
    assertTrue(verdict(10_000, shifted("persistence", 10_000, 0.1)).startsWith("The network beats every baseline"));
  }

  @Test
  void whoeverIsBehindIsTold() {
    assertEquals(
        "The network does NOT beat persistence: 1.414 against 1.000 (41.4 % higher). Use persistence.",
        verdict(100, shifted("persistence", 100, -1), shifted("autoregression", 100, 3)));
    assertEquals(
        "The network does NOT beat autoregression: 1.414 against 1.000 (41.4 % higher). Use autoregression. The"
            + " network does NOT beat persistence: 1.414 against 1.225 (15.5 % higher).",
        verdict(100, shifted("persistence", 100, -0.5), shifted("autoregression", 100, -1)));
    assertEquals(
        "The network does NOT beat autoregression: 1.414 against 1.000 (41.4 % higher). Use autoregression.",
        verdict(100, shifted("persistence", 100, 1), shifted("autoregression", 100, -1)));
  }

  @Test
  void aLeadWithinChanceOverAnotherBaselineIsNoAdvice() {
    String lead = "The network is not ahead of autoregression by more than chance gives: 1.414 against 1.449 (2.4 %"
        + " lower) is a lead of 0.5 standard errors, and chance easily gives 1.6. ";
    assertEquals(
        lead + "It beats persistence.",
        verdict(100, shifted("persistence", 100, 1), shifted("autoregression", 100, 0.1)));
    assertEquals(
        lead + "The network does NOT beat persistence: 1.414 against 1.483 (4.7 % lower) is a lead of 1.0 standard"
            + " errors, and chance easily gives 1.6.",
        verdict(100, shifted("persistence", 100, 0.2), shifted("autoregression", 100, 0.1)));
  }

  @Test
  void oneHeldOutPointProvesNothing() {
    Score worse = new Score("persistence", 2, new double[] {4});
    ScoreTable table = new ScoreTable(new Score("LSTM", 1, new double[] {1}), List.of(worse), 1);
    assertEquals(
        "The network does NOT beat persistence: 1.000 against 2.000 (50.0 % lower). Use persistence.", table.verdict());
  }

  /** A price is nearly a random walk: what the README of the data says too. */
  @Test
  void stockPricesAreNotBeaten() {
    assumeTrue(SharedData.data().isPresent(), SharedData.ABSENT);
    Path csv = SharedData.data().orElseThrow().resolve("series/eu-stock-markets.csv");
    Program run =
        Program.run(
            Engines.standard(), "forecast", "--csv", csv.toString(), "--column", "DAX", "--threads", "2", "--out",
            folder.resolve("out").toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().replaceAll("\\s+", " ").contains("The network does NOT beat persistence: "), run.out());
  }
}
