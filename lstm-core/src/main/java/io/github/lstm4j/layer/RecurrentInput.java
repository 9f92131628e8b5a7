package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent layer runs on.
 *
 * @param x [batch, steps, input_size], or [steps, batch, input_size] where the layer is not batch first, or
 *     [steps, input_size] for a single sequence without a batch dimension
 * @param h0 [D·layers, batch, R] ([D·layers, R] without a batch dimension), or null for zeros
 * @param c0 [D·layers, batch, H] ([D·layers, H] without a batch dimension), or null for zeros
 * @param lengths the valid steps of each sequence, in any order, or null where all are valid
 * @param needsInputGradient whether a backward pass computes the gradient of x
 */
@SuppressWarnings("ArrayRecordComponent") // a parameter object: nobody compares it
public record RecurrentInput(
    Tensor x, @Nullable Tensor h0, @Nullable Tensor c0, int @Nullable [] lengths, boolean needsInputGradient) {
  /**
   * An input that starts from zero states, all steps valid.
   *
   * @param x the sequences
   * @return the input
   */
  public static RecurrentInput of(Tensor x) {
    return new RecurrentInput(x, null, null, null, true);
  }

  /**
   * The same with initial states.
   *
   * @param h initial hidden states, or null for zeros
   * @param c initial cell states, or null for zeros
   * @return a new input
   */
  public RecurrentInput withState(@Nullable Tensor h, @Nullable Tensor c) {
    return new RecurrentInput(x, h, c, lengths, needsInputGradient);
  }

  /**
   * The same with lengths.
   *
   * @param valid the valid steps of each sequence, in any order, or null
   * @return a new input
   */
  public RecurrentInput withLengths(int @Nullable [] valid) {
    return new RecurrentInput(x, h0, c0, valid, needsInputGradient);
  }

  /**
   * The same without the gradient of x, which saves a product.
   *
   * @return a new input
   */
  public RecurrentInput withoutInputGradient() {
    return new RecurrentInput(x, h0, c0, lengths, false);
  }
}
