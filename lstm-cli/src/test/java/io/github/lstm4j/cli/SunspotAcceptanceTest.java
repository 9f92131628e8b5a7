package io.github.lstm4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of {@code ./lstm forecast --seeds 5}. */
class SunspotAcceptanceTest {
  /** The least-squares autoregression's error on the same 635 months, rounded down: what the network has to reach. */
  private static final double MOST = 16.24;

  private static final Pattern MEAN = Pattern.compile("LSTM, mean of 5 seeds +(\\d+\\.\\d+)\\R");

  @Test
  void fiveSeedsForecastNoWorseThanAnAutoregression(@TempDir Path folder) {
    Program run =
        Program.run(Engines.standard(), "forecast", "--seeds", "5", "--threads", "2", "--out", folder.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("One step ahead, 635 held-out points"), run.out());
    Matcher mean = MEAN.matcher(run.out());
    assertTrue(mean.find(), run.out());
    assertTrue(Double.parseDouble(mean.group(1)) <= MOST, run.out());
  }
}
