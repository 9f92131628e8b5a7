package io.github.lstm4j.cli;

import io.github.lstm4j.cli.Choices.Cell;
import io.github.lstm4j.cli.Choices.Nonlinearity;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Runs a bare recurrent layer: the part of {@code apply} that does the mathematics. */
@FunctionalInterface
interface LayerRunner {
  /**
   * What a user asks for.
   *
   * @param model the weights, under PyTorch's names
   * @param input {@code in.x} and the optional {@code in.h0}, {@code in.c0}, {@code in.lengths}, {@code seed.*}
   * @param output where the results go
   * @param cell the kind of layer, or null to infer it
   * @param nonlinearity of a plain recurrent layer, or null where it was not told
   * @param gradients whether to write every {@code grad.*} too
   */
  record Request(
      Path model, Path input, Path output, @Nullable Cell cell, @Nullable Nonlinearity nonlinearity,
          boolean gradients) {}

  /**
   * Does the work and writes the output, complete or not at all.
   *
   * @param request what to do; its files exist
   * @return one line that says what was run
   */
  String apply(Request request) throws IOException;
}
