package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent layer returns, in the layout of its input.
 *
 * @param y the output of the last layer at each step, [batch, steps, D·R]; 0 past a sequence's length
 * @param hn each sequence's own last hidden state, [D·layers, batch, R]
 * @param cn each sequence's own last cell state, [D·layers, batch, H]; null for cells that have none
 */
public record RecurrentOutput(Tensor y, Tensor hn, @Nullable Tensor cn) {}
