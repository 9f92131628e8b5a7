package io.github.lstm4j.bench.peer;

import io.github.lstm4j.layer.CellKind;
import io.github.lstm4j.layer.RecurrentOptions;
import io.github.lstm4j.memory.Tensor;
import io.github.lstm4j.model.SequenceModel;

/** One inference of B1 T100 I256 H256 and the end: what {@code ./lstm bench --cold-start} launches. */
public final class FirstInference {
  private static final int STEPS = 100;
  private static final int SIZE = 256;

  private FirstInference() {}

  /**
   * Infers once, and prints the time, {@link System#nanoTime}, and what the parts took.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    long begin = System.nanoTime();
    try (SequenceModel model =
        SequenceModel.builder(SIZE).recurrent("rnn", size -> RecurrentOptions.of(CellKind.LSTM, SIZE, SIZE)).build()) {
      long built = System.nanoTime();
      float[] x = new float[STEPS * SIZE];
      Tensor y = model.predict(Tensor.of(x, 1, STEPS, SIZE));
      long done = System.nanoTime();
      System.out.println(
          "= " + done + " model " + millis(built - begin) + ", inference " + millis(done - built) + ", output "
              + y.shapeText());
    }
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }
}
