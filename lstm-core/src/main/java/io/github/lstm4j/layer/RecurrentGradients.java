package io.github.lstm4j.layer;

import io.github.lstm4j.memory.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of what went into a recurrent layer; those of its parameters are added to the parameters.
 *
 * @param x shaped like the input, 0 past a sequence's length; null where nobody asked for it
 * @param h0 [D·layers, batch, R]
 * @param c0 [D·layers, batch, H]; null for cells that have none
 */
public record RecurrentGradients(@Nullable Tensor x, Tensor h0, @Nullable Tensor c0) {}
