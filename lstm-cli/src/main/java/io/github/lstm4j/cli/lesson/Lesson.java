package io.github.lstm4j.cli.lesson;

import java.util.List;
import java.util.function.Consumer;

/** Something that a tutorial teaches, as a thing that runs. */
public interface Lesson {
  /**
   * What it is called on the command line.
   *
   * @return lower-case words with hyphens between them
   */
  String name();

  /**
   * What it shows, in a line.
   *
   * @return a phrase
   */
  String description();

  /**
   * About how long it takes on two cores.
   *
   * @return such as {@code a second}
   */
  String duration();

  /**
   * Runs it.
   *
   * @param settings what the user asked for
   * @param out takes the lines that it prints
   * @return what there is to draw
   */
  List<Figure> run(Settings settings, Consumer<String> out);

  /**
   * What a user asks for.
   *
   * @param seed of weights and generated data: one seed, the same numbers
   * @param full whether to train with five seeds where one is the rule
   * @param threads to compute with; no number depends on it
   * @param prices what the lesson on stock prices forecasts
   */
  record Settings(long seed, boolean full, int threads, Prices prices) {
    /** Five where all are wanted, else one. */
    List<Long> seeds() {
      return full ? List.of(seed, seed + 1, seed + 2, seed + 3, seed + 4) : List.of(seed);
    }
  }
}
