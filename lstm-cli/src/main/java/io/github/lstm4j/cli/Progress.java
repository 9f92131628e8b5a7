package io.github.lstm4j.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What training runs show while they work, one after the other. {@link #close()} ends the last line. */
public interface Progress extends AutoCloseable {
  /**
   * A run begins.
   *
   * @param task what is trained, such as "seed 1"
   * @param epochs the most epochs it may take
   */
  void begin(String task, int epochs);

  /**
   * An epoch is done.
   *
   * @param epoch its number, counted from 1
   * @param training the mean loss over the training part
   * @param validation the error on the validation part; NaN where there is none
   */
  void epoch(int epoch, double training, double validation);

  /** The run is over, perhaps before its last epoch. */
  void end();

  @Override
  void close();

  /**
   * A bar where a person watches, else a line for every tenth epoch.
   *
   * @param err where to
   * @param terminal what is known of it
   * @return the progress of trainings whose validation error is an RMSE
   */
  static Progress on(PrintStream err, Terminal terminal) {
    return on(err, terminal, "RMSE");
  }

  /**
   * A bar where a person watches, else a line for every tenth epoch.
   *
   * @param err where to
   * @param terminal what is known of it
   * @param measure what the error on the validation part is, such as RMSE
   * @return the progress
   */
  static Progress on(PrintStream err, Terminal terminal, String measure) {
    return terminal.stderrIsTerminal() ? new Bar(err, terminal.width(), measure) : new Lines(err, measure);
  }

  /** Few lines, for logs: the same ones in every run. */
  final class Lines implements Progress {
    private static final int EVERY = 10;
    /** Of a run that takes all its epochs. */
    private static final int MOST_LINES = 50;

    private final PrintStream err;
    private final String measure;
    private String task = "";
    private int epochs = 1;
    private String last = "";

    Lines(PrintStream err) {
      this(err, "RMSE");
    }

    Lines(PrintStream err, String measure) {
      this.err = err;
      this.measure = measure;
    }

    @Override
    public void begin(String newTask, int newEpochs) {
      task = newTask;
      epochs = newEpochs;
      last = "";
    }

    @Override
    public void epoch(int epoch, double training, double validation) {
      last = task + ": epoch " + epoch + " of " + epochs + ", " + losses(training, validation);
      int every = epochs <= EVERY ? 1 : Math.max(EVERY, epochs / MOST_LINES);
      if (epoch == 1 || epoch % every == 0) {
        end();
      }
    }

    private String losses(double training, double validation) {
      String loss = String.format(Locale.ROOT, "training loss %.4f", training);
      return Double.isNaN(validation) ? loss : loss + ", validation " + measure + " " + ScoreTable.figure(validation);
    }

    @Override
    public void end() {
      if (!last.isEmpty()) {
        err.println(last);
        last = "";
      }
    }

    @Override
    public void close() {
      end();
      err.flush();
    }
  }

  /** A bar that redraws itself. */
  final class Bar implements Progress {
    private final PrintStream err;
    private final int width;
    private final String measure;
    private @Nullable ProgressBar bar;

    Bar(PrintStream err, int width) {
      this(err, width, "RMSE");
    }

    Bar(PrintStream err, int width, String measure) {
      this.measure = measure;
      this.err = err;
      this.width = width;
    }

    @Override
    public void begin(String task, int epochs) {
      end();
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
        // One of the two, as a line of 80 characters has no room for both.
        bar.setExtraMessage(
            Double.isNaN(validation)
                ? String.format(Locale.ROOT, " training loss %.4f", training)
                : " validation " + measure + " " + ScoreTable.figure(validation));
        bar.stepTo(epoch);
      }
    }

    @Override
    public void end() {
      if (bar != null) {
        bar.maxHint(bar.getCurrent()); // a run that stops early is whole
        bar.close();
        bar = null;
      }
    }

    @Override
    public void close() {
      end();
    }
  }
}
