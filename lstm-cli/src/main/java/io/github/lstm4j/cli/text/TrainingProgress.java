package io.github.lstm4j.cli.text;

import io.github.lstm4j.cli.Terminal;
import io.github.lstm4j.train.EpochRecord;
import io.github.lstm4j.train.UpdateRecord;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What a training shows while it works: a bar where a person watches, else some lines. */
final class TrainingProgress implements AutoCloseable {
  private static final int LINES = 20;

  private final PrintStream err;
  private final int updates;
  private final int symbolsPerUpdate;
  private final String symbols;
  private final @Nullable ProgressBar bar;
  private final long start = System.nanoTime();
  private double losses;
  private int since;

  /**
   * The start of a training.
   *
   * @param updates it makes
   * @param symbolsPerUpdate symbols in a batch
   * @param symbols what they are called
   */
  TrainingProgress(PrintStream err, Terminal terminal, int updates, int symbolsPerUpdate, String symbols) {
    this.err = err;
    this.updates = updates;
    this.symbolsPerUpdate = symbolsPerUpdate;
    this.symbols = symbols;
    bar =
        !terminal.stderrIsTerminal()
            ? null
            : new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(updates)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(err, terminal.width()))
                .build();
  }

  void update(UpdateRecord record) {
    losses += record.loss();
    since++;
    long done = record.update() + 1;
    if (bar != null) {
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.3f, %,.0f %s/s", record.loss(), speed(done), symbols));
      bar.stepTo(done);
    } else if (done % Math.max(1, updates / LINES) == 0 || done == updates) {
      err.printf(
          Locale.ROOT, "update %d of %d: loss %.4f, %,.0f %s/s%n", done, updates, losses / since, speed(done), symbols);
      losses = 0;
      since = 0;
    }
  }

  void measured(EpochRecord record) {
    if (bar == null) {
      err.printf(Locale.ROOT, "update %d: held-out loss %.4f%n", record.updates(), record.validationLoss());
    }
  }

  double seconds() {
    return (System.nanoTime() - start) * 1e-9;
  }

  private double speed(long done) {
    return done * (double) symbolsPerUpdate / seconds();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    err.flush();
  }
}
