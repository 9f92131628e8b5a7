package io.github.lstm4j.oracle;

/** One step of one cell on one sequence: made by running forward, it remembers what the backward pass needs. */
interface CellStep {
  /** The new h [R]. */
  Reals h();

  /** The new c [H]; empty where the cell has none. */
  Reals c();

  /**
   * The derivative of the step. Adds to the gradients of the parameters.
   *
   * @param dh the gradient of h [R]
   * @param dc the gradient of c [H]
   * @param dx where the gradient of x is added [input]
   * @return the gradients of the previous state
   */
  StateGradients backward(Reals dh, Reals dc, Sums dx);

  /**
   * Gradients of the state before a step.
   *
   * @param dh [R], still a sum: the gradient of the step before from above belongs into it
   * @param dc [H]; empty where the cell has none
   */
  record StateGradients(Sums dh, Reals dc) {}

  static CellStep forward(Cell cell, DirectionParameters parameters, Reals x, Reals hPrev, Reals cPrev) {
    return switch (cell) {
      case LSTM -> new LstmStep(parameters, x, hPrev, cPrev);
      case GRU -> new GruStep(parameters, x, hPrev);
      case RNN_TANH -> new RnnStep(parameters, x, hPrev, false);
      case RNN_RELU -> new RnnStep(parameters, x, hPrev, true);
    };
  }
}
