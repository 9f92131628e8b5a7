package io.github.lstm4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Trains a network on a series and forecasts its tail: the part of {@code forecast} that does the mathematics. */
@FunctionalInterface
interface ForecastEngine {
  /** What a user asks for. */
  record Request(CsvSeries series, DataOptions data, TrainingOptions training, double interval) {}

  /**
   * What comes of it.
   *
   * @param result the forecasts of the tail
   * @param losses the training run, of the first seed where there are several
   * @param scores the errors on the tail
   * @param notes further lines to print, such as the mean over seeds
   * @param model writes the trained network
   */
  record Outcome(ForecastResult result, LossCurve losses, ScoreTable scores, List<String> notes, ModelWriter model) {
    public Outcome {
      notes = List.copyOf(notes);
    }
  }

  /** Writes a model file, complete or not at all. */
  @FunctionalInterface
  interface ModelWriter {
    void write(Path file) throws IOException;
  }

  /**
   * Does the work.
   *
   * @param request what to do; its options are valid and its series is complete and long enough
   * @param progress is told of each epoch
   * @return the outcome
   */
  Outcome forecast(Request request, Progress progress);
}
