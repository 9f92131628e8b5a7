package io.github.lstm4j.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What a training run shows while it works. {@link #close()} ends the last line. */
interface Progress extends AutoCloseable {
  /**
   * A run begins.
   *
   * @param task what is trained, such as "seed 1 of 5"
   * @param epochs the most epochs it may take
   */
  void begin(String task, int epochs);

  /**
   * An epoch is done.
   *
   * @param epoch its number, counted from 1
   * @param training the mean loss over the training part
   * @param validation the loss over the validation part
   */
  void epoch(int epoch, double training, double validation);

  @Override
  void close();

  /** A bar where a person watches, else a line for every tenth of the epochs. */
  static Progress on(PrintStream err, Terminal terminal) {
    return terminal.stderrIsTerminal() ? new Bar(err, terminal.width()) : new Lines(err);
  }

  /** How losses are written everywhere. */
  private static String losses(double training, double validation) {
    return String.format(Locale.ROOT, "training %.5f, validation %.5f", training, validation);
  }

  /** Few lines, for logs. */
  final class Lines implements Progress {
    private static final int LINES_PER_RUN = 10;

    private final PrintStream err;
    private String task = "";
    private int epochs = 1;

    Lines(PrintStream err) {
      this.err = err;
    }

    @Override
    public void begin(String newTask, int newEpochs) {
      task = newTask;
      epochs = newEpochs;
    }

    @Override
    public void epoch(int epoch, double training, double validation) {
      int every = Math.max(1, epochs / LINES_PER_RUN);
      if (epoch == 1 || epoch % every == 0) {
        err.println(task + ": epoch " + epoch + " of " + epochs + ", " + losses(training, validation));
      }
    }

    @Override
    public void close() {
      err.flush();
    }
  }

  /** A bar that redraws itself. */
  final class Bar implements Progress {
    private final PrintStream err;
    private final int width;
    private @Nullable ProgressBar bar;

    Bar(PrintStream err, int width) {
      this.err = err;
      this.width = width;
    }

    @Override
    public void begin(String task, int epochs) {
      close();
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(epochs)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(err, width))
              .build();
    }

    @Override
    public void epoch(int epoch, double training, double validation) {
      if (bar != null) {
        bar.setExtraMessage(" " + losses(training, validation));
        bar.stepTo(epoch);
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
